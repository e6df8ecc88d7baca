import pino, { type Logger } from "pino"

export type Log = Logger

/** Logs in JSON lines without personal data: messages are constants, and only ids, codes and counts go in. */
export function createLog(level: string, destination?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    serializers: {
      err: (error: unknown) => (error instanceof Error ? describeError(error) : error),
      req: () => undefined,
      res: () => undefined,
    },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}

/** An error without its message: messages of databases and parsers quote the values they met. */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { type: typeof error }
  const code: unknown = "code" in error ? error.code : undefined
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line))
  return { type: error.name, code, stack: frames.join("\n") }
}
