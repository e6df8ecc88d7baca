import { fc, test as property } from "@fast-check/vitest"
import { describe, expect, test } from "vitest"
import { sampleFact } from "../../tests/support/ledger-bundle.ts"
import type { Json } from "../kernel/decision.ts"
import { instantOf } from "../kernel/time.ts"
import { canonical, entryText, parseEntry, payloadOf, prepare, sealGroup, type NewEntry } from "./entry.ts"
import { readEntry } from "./verify/entry-grammar.ts"

const word = fc
  .string({ unit: "binary", minLength: 1, maxLength: 40 })
  .map((text) => text.replaceAll(/[\p{Cc}\p{Cs}]/gu, "字"))
const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,20}$/)
const time = fc.integer({ min: 0, max: 4_102_444_800_000 }).map(instantOf)
const state = { version: fc.nat(), digest: fc.stringMatching(/^[0-9a-f]{64}$/) }
const facts: fc.Arbitrary<NewEntry> = fc.record(
  {
    time,
    actor: word,
    kind: name,
    duties: fc.array(word),
    pack: word,
    about: fc.oneof(fc.record({ id: word, type: name }), fc.record({ ...state, id: word, type: name })),
    refs: fc.dictionary(name, word, { noNullPrototype: true }),
    subjects: fc.array(word),
    payload: fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<Json>, { noNullPrototype: true }),
    retention: name,
  },
  { requiredKeys: ["time", "actor", "kind", "duties", "pack", "refs", "subjects", "payload", "retention"] },
)

describe("an entry's text", () => {
  property.prop([facts, fc.nat()])(
    "is RFC 8785 and reads back, for the ledger and for the verifier",
    (fact, index) => {
      const prepared = prepare(fact)
      const text = entryText(index, prepared)
      expect(text).toBe(canonical({ ...fact, index, payload: prepared.commitment }))
      const entry = parseEntry(text)
      expect(entry).toEqual({ ...fact, index, payload: prepared.commitment })
      const bytes = Buffer.from(text).toString("latin1")
      expect(readEntry(`xx${bytes}xx`, 2, 2 + bytes.length)).toEqual({
        index,
        payload: prepared.commitment,
        retention: fact.retention,
        time: fact.time,
      })
      expect(canonical(payloadOf(entry, prepared.payloadLine))).toBe(canonical(fact.payload))
    },
  )

  test("equal payloads have different commitments, and a line proves only its own", () => {
    const [a, b] = [prepare(sampleFact(1)), prepare(sampleFact(1))]
    expect(a.commitment).not.toBe(b.commitment)
    expect(() => payloadOf(parseEntry(entryText(0, a)), b.payloadLine)).toThrow(/committed/)
  })
})

test.each([
  [{ kind: "" }, "kind"],
  [{ kind: "a b" }, "kind"],
  [{ actor: "two\nlines" }, "actor"],
  [{ actor: "half \ud800" }, "actor"],
  [{ pack: "" }, "pack"],
  [{ duties: ["6-2d", ""] }, "duties"],
  [{ refs: { "1": "x" } }, "refs"],
  [{ subjects: ["x".repeat(201)] }, "subjects"],
  [{ time: "2026-11-23T01:02:03Z" as never }, "time"],
  [{ retention: "a/b" }, "retention"],
  [{ about: { type: "t", id: "i", version: 1 } }, "about"],
  [{ about: { type: "t", id: "i", version: 1, digest: "AB" } }, "about"],
])("a fact with a bad part is refused by its name: %j", (part, named) => {
  expect(() => prepare({ ...sampleFact(1), ...part })).toThrow(`bad ${named}`)
})

test("what is too long is refused", () => {
  expect(() => prepare({ ...sampleFact(1), payload: { x: "字".repeat(90_000) } })).toThrow(/payload over/)
  expect(() =>
    prepare({ ...sampleFact(1), subjects: Array.from({ length: 400 }, () => "s".repeat(200)) }),
  ).toThrow(/entry over/)
})

test("the data key's month is that of Taipei", () => {
  expect(sealGroup("register", instantOf(Date.UTC(2026, 10, 30, 15, 59)))).toBe("register/2026-11")
  expect(sealGroup("register", instantOf(Date.UTC(2026, 10, 30, 16)))).toBe("register/2026-12")
})
