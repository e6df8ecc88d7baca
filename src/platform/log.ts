import pino, { type Logger } from "pino"

export type Log = Logger

/** Logs in JSON lines without personal data: messages are constants, and only ids, codes and counts go in. */
export function createLog(level: string, destination?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    serializers: { req: () => undefined, res: () => undefined },
    formatters: { log: describeErrors },
    hooks: {
      logMethod(args, method) {
        method.apply(this, withoutErrorMessages(args))
      },
    },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}

type LogArguments = Parameters<pino.LogFn>

/** pino and others take an error's message for the line's when it has none of its own; an error's name is enough. */
function withoutErrorMessages([first, message, ...values]: unknown[]): LogArguments {
  const fields = first instanceof Error ? { err: first } : first
  const errors = errorsIn([
    ...(isObject(fields) ? Object.values<unknown>({ ...fields }) : []),
    message,
    ...values,
  ])
  const words = isObject(fields) ? message : fields
  const isQuoting = errors.some((error) => error.message !== "" && String(words).includes(error.message))
  const [error] = errors
  const safe = error !== undefined && (words === undefined || isQuoting) ? error.name : nameErrors(words)
  const rest = isObject(fields) ? values : [message, ...values]
  return [...(isObject(fields) ? [fields] : []), safe, ...rest.map(nameErrors)] as LogArguments
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null
}

function errorsIn(values: readonly unknown[]): Error[] {
  return values.filter((value) => value instanceof Error)
}

function nameErrors(value: unknown): unknown {
  return value instanceof Error ? value.name : value
}

function describeErrors(fields: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      value instanceof Error ? describeError(value) : value,
    ]),
  )
}

/** An error without its message: messages of databases and parsers quote the values they met. */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { type: typeof error }
  const code: unknown = "code" in error ? error.code : undefined
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line))
  return { type: error.name, code, stack: frames.join("\n") }
}
