import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { headOf, rowsOf, sampleFact, sampleSigner } from "../../tests/support/ledger-bundle.ts"
import { noteText, readCheckpoint, readKey } from "./verify/notes.ts"
import {
  checkpointText,
  openCheckpoint,
  openNote,
  parseVerifierKey,
  signNote,
  verifierKey,
} from "./checkpoint.ts"

/** The example of Go's note package (golang.org/x/mod/sumdb/note), which C2SP signed-note specifies. */
const PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
const PETERS_NOTE =
  "If you think cryptography is the answer to your problem,\n" +
  "then you don't know what your problem is.\n\n" +
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"

const signer = sampleSigner()
const [row] = rowsOf([sampleFact(0)])
const note = headOf(row === undefined ? [] : [row], signer)

describe("C2SP signed notes", () => {
  test("a note made elsewhere opens, for the writer's reader and for the verifier's", () => {
    const text = PETERS_NOTE.slice(0, PETERS_NOTE.indexOf("\n\n") + 1)
    expect(openNote(PETERS_NOTE, parseVerifierKey(PETER))).toBe(text)
    expect(noteText(Buffer.from(PETERS_NOTE), readKey(PETER, "key"), "note")).toBe(text)
  })
  test("a key's id is checked", () => {
    for (const bad of [
      PETER.replace("c74f20a3", "c74f20a4"),
      PETER.slice(0, -1),
      `${PETER}=`,
      "x",
      PETER.replace("+A", "+B"),
    ]) {
      expect(() => parseVerifierKey(bad)).toThrow()
      expect(() => readKey(bad, "key")).toThrow()
    }
    expect(verifierKey(parseVerifierKey(PETER))).toBe(PETER)
  })
})

describe("checkpoints", () => {
  test("what is signed opens again", () => {
    expect(openCheckpoint(note, signer)).toEqual({ origin: signer.name, size: 1, root: row?.leaf })
    expect(readCheckpoint(Buffer.from(note), readKey(verifierKey(signer), "key"), "c").size).toBe(1)
  })
  test("any byte changed, another key, a second signature or an extension line is refused", () => {
    const key = readKey(verifierKey(signer), "key")
    const signed = (text: string) => signNote(text, signer)
    const root = Buffer.alloc(32).toString("base64")
    const bad = [
      ...Array.from(
        note,
        (_, at) => `${note.slice(0, at)}${note[at] === "A" ? "B" : "A"}${note.slice(at + 1)}`,
      ),
      headOf([], sampleSigner("hushou/sample", 8)),
      note + note.slice(note.indexOf("—")),
      signed(checkpointText({ origin: "hushou/other", size: 1, root: "00".repeat(32) })),
      signed(`${signer.name}\n1\n${root}\nextension\n`),
      signed(`${signer.name}\n01\n${root}\n`),
      signed(`${signer.name}\n1\n${root.slice(0, -2)}B=\n`),
    ]
    for (const changed of bad) {
      expect(() => openCheckpoint(changed, signer), changed).toThrow()
      expect(() => readCheckpoint(Buffer.from(changed), key, "c"), changed).toThrow()
    }
  })
})

interface Vector {
  readonly vkey: string
  readonly entries: readonly string[]
  readonly payloadLines: readonly string[]
  readonly leafHashes: readonly string[]
  readonly checkpoint: string
}

test("the vectors for other languages are what the ledger writes", () => {
  const vector = JSON.parse(
    readFileSync(new URL("../../tests/vectors/ledger-entries.json", import.meta.url), "utf8"),
  ) as Vector
  const rows = rowsOf(vector.entries.map((_, i) => sampleFact(i)))
  expect(vector).toMatchObject({
    vkey: verifierKey(signer),
    entries: rows.map(({ entry }) => entry),
    payloadLines: rows.map(({ payloadLine }) => payloadLine),
    leafHashes: rows.map(({ leaf }) => leaf),
    checkpoint: headOf(rows, signer),
  })
})
