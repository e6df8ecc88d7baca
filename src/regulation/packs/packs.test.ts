import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { ROLES } from "../../kernel/actor.ts"
import { readPack } from "./read-pack.ts"
import { retentionOf } from "./schema.ts"

const TAIPEI = readFileSync(new URL("taipei-health.yaml", import.meta.url), "utf8")

/** Reads the pack with one text replaced, and tells the line that now holds the replacement. */
function altered(from: string, to: string) {
  const text = TAIPEI.replace(from, to)
  if (text === TAIPEI) throw new Error(`The pack does not say ${from}`)
  return {
    read: readPack(text),
    line: text.slice(0, TAIPEI.indexOf(from) + to.lastIndexOf("\n") + 1).split("\n").length,
  }
}

describe("the pack taipei-health", () => {
  const read = readPack(TAIPEI)
  if (!read.ok) throw new Error(JSON.stringify(read.errors))
  const { pack } = read

  it("carries its version", () =>
    expect(pack).toMatchObject({ id: "taipei-health", version: "taipei-health@2" }))

  it("names every role", () =>
    expect(Object.keys(pack.org.roleNames).toSorted()).toEqual([...ROLES].toSorted()))

  it("5-5c 十欄依序", () => {
    const official =
      "提供機關通知時間、資料筆數、使用目的、依據公文文號、業務單位承辦人、業務單位承辦人取得資料方式、資訊室承辦人、比對狀況、業務單位主管、銷毀日期"
    expect(pack.register.columns.map((c) => c.zh).join("、")).toBe(official)
    expect(pack.register.columns.filter((c) => c.requiredBefore === "stamp")).toHaveLength(7)
  })

  it("5-5d 登記簿一年；5-10d 統計表三年", () => {
    expect(retentionOf(pack, "register")).toMatchObject({
      years: 1,
      source: "5-5d",
      approvedBy: "supervisor",
    })
    expect(retentionOf(pack, "statistic")).toMatchObject({ years: 3, source: "5-10d" })
  })
})

describe("a wrong pack names its line", () => {
  it.for([
    ["a misspelt key", "stampOrder:", "stampOder:"],
    ["an unknown role", "value: [supervisor]", "value: [boss]"],
    ["a term of no years", "years: 3", "years: 0"],
    ["a number without a source", "{ value: 4294967296, source: internal }", "{ value: 4294967296 }"],
    ["an invented duty", "source: 6-3b", "source: 6-9z"],
    ["a doubled column", "key: records", "key: noticedAt"],
    [
      "a column due before an earlier one",
      "filler: supervisor\n      requiredBefore: close",
      "filler: supervisor\n      requiredBefore: stamp",
    ],
    ["broken YAML", "basis: {", "basis: }"],
    ["a doubled key", "approverRoles:", "stampOrder:"],
  ] as const)("%s", ([, from, to]) => {
    const { read, line } = altered(from, to)
    if (read.ok) throw new Error("It was accepted")
    expect(read.errors.map((e) => e.line)).toContain(line)
  })

  it("a record type without a term stands at the list", () => {
    const text = TAIPEI.replace(/ {2}- record: notice\n( {4}.*\n)+/, "")
    expect(readPack(text)).toMatchObject({
      ok: false,
      errors: [{ line: text.split("\n").indexOf("retention:") + 1, at: "retention" }],
    })
  })

  it("an empty file is refused, and an alias names its line", () => {
    expect(readPack("").ok).toBe(false)
    expect(readPack("a: &a [1]\nb: *a\n")).toMatchObject({ ok: false, errors: [{ line: 2 }] })
  })
})
