import { expect, test } from "vitest"
import { createCounter, countOffThread, type RecordFormat } from "./index.ts"

const CSV: RecordFormat = { kind: "delimited", encoding: "utf-8", delimiter: ",", quote: '"', header: true }

test("counts of several files side by side are those of the counter", async () => {
  const files = [1, 20, 300].map((n) => Buffer.from(`a,b\n${'1,"王\n小明"\n'.repeat(n)}`))
  const counters = files.map(() => countOffThread(CSV))
  for (let at = 0; at < 6000; at += 97)
    for (const [i, file] of files.entries()) await counters[i]?.write(file.subarray(at, at + 97))
  for (const [i, file] of files.entries()) {
    const expected = createCounter(CSV)
    expected.write(file)
    expect(await counters[i]?.end()).toEqual(expected.end())
  }
})

test("the caller's buffer may be reused at once, and a count ends once", async () => {
  const counter = countOffThread({ ...CSV, header: false })
  const buffer = Buffer.from("a,b\n")
  for (let i = 0; i < 50; i++) {
    await counter.write(buffer)
    buffer.fill(0)
    buffer.write("c,d\n")
  }
  expect(await counter.end()).toMatchObject({ records: 50, problem: null })
  await expect(counter.end()).rejects.toThrow("twice")
})
