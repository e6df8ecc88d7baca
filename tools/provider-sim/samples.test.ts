import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { createCounter, type RecordFormat } from "../../src/modules/deliveries/counting/index.ts"
import { publishFile } from "./publish.ts"
import { SAMPLES } from "./samples.ts"
import { FIXED_LENGTH, FORMAT_NAMES } from "./synthetic/formats.ts"

const CSV = { kind: "delimited", delimiter: ",", quote: '"', header: true } as const
const FIXED = { kind: "fixed", encoding: "big5", recordBytes: FIXED_LENGTH, lineEnd: "none" } as const
const AGREED: Readonly<Record<string, RecordFormat>> = {
  "utf8-csv": { ...CSV, encoding: "utf-8" },
  "big5-csv": { ...CSV, encoding: "big5" },
  "big5-fixed": FIXED,
}

test("the samples count as their notices say, but for the one that ends inside a record", async () => {
  const dir = await mkdtemp(join(tmpdir(), "samples-"))
  const outcomes = []
  for (const spec of SAMPLES) {
    const { localPath, format, declaredRecords } = await publishFile(dir, 1, spec)
    const counter = createCounter(AGREED[format] ?? FIXED)
    counter.write(await readFile(localPath))
    const { records, problem } = counter.end()
    outcomes.push([FORMAT_NAMES[format].slice(0, 4), problem?.code ?? records === declaredRecords])
  }
  await rm(dir, { recursive: true })
  expect(outcomes).toEqual([
    ["分隔欄位", true],
    ["分隔欄位", true],
    ["定長資料", true],
    ["定長資料", "RECORD_TRUNCATED"],
  ])
})
