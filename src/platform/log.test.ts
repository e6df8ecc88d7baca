import { Writable } from "node:stream"
import { expect, test } from "vitest"
import { createLog, type Log } from "./log.ts"

const ID_NUMBER = "Y160000017"

/** As PostgreSQL words it: the message and other fields of the error quote a value. */
function quotingError(): Error {
  const error = new TypeError(`Key (id_number)=(${ID_NUMBER})\nalready exists`)
  return Object.assign(error, { code: "23505", detail: `Key (id_number)=(${ID_NUMBER}) already exists` })
}

function linesOf(write: (log: Log) => void): {
  readonly text: string
  readonly lines: Record<string, unknown>[]
} {
  let text = ""
  const destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += String(chunk)
      done()
    },
  })
  write(createLog("trace", destination))
  return {
    text,
    lines: text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  }
}

test.each<[string, (log: Log, error: Error) => void]>([
  ["the error alone", (log, error) => log.error(error)],
  ["the error and words", (log, error) => log.error(error, "request failed")],
  ["the error in a field", (log, error) => log.error({ err: error })],
  ["the error in a field, and words", (log, error) => log.error({ err: error }, "request failed")],
  ["its message as the words", (log, error) => log.warn({ err: error }, error.message)],
  ["its message within the words", (log, error) => log.warn({ err: error }, `failed: ${error.message}`)],
  ["the error in a field of another name", (log, error) => log.error({ failure: error }, "request failed")],
  ["the error as a value of the words", (log, error) => log.error("failed: %s", error)],
  ["the error as an object of the words", (log, error) => log.error({ id: 1 }, "failed: %o", error)],
  ["by a child", (log, error) => log.child({ job: "a-job" }).fatal(error)],
])("an error's message never reaches the log: %s", (_, write) => {
  const { text, lines } = linesOf((log) => write(log, quotingError()))
  expect(text).not.toContain(ID_NUMBER)
  expect(lines).toHaveLength(1)
  expect(lines[0]?.["msg"]).toBeTruthy()
  expect(text).toContain("TypeError")
})

test("what went wrong and where stays: type, code and frames", () => {
  const { lines } = linesOf((log) => log.error({ err: quotingError(), id: 7 }, "request failed"))
  expect(lines[0]).toMatchObject({ msg: "request failed", id: 7, err: { type: "TypeError", code: "23505" } })
  expect(lines[0]).toHaveProperty("err.stack", expect.stringContaining("log.test.ts"))
})

test("words, values and fields without an error pass unchanged", () => {
  const { lines } = linesOf((log) => {
    log.info("started")
    log.info("%d of %d", 1, 2)
    log.info({ count: 3 }, "counted")
    log.info({ count: 4 })
  })
  expect(lines).toMatchObject([
    { msg: "started" },
    { msg: "1 of 2" },
    { msg: "counted", count: 3 },
    { count: 4 },
  ])
})
