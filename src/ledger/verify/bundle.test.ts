import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { bundleOf, headOf, rowsOf, sampleFact, sampleSigner } from "../../../tests/support/ledger-bundle.ts"
import { verifierKey } from "../checkpoint.ts"
import { leafHash } from "../tree.ts"
import { verifyBundle } from "./bundle.ts"

const signer = sampleSigner()
const key = verifierKey(signer)
const facts = (count: number) => Array.from({ length: count }, (_, i) => sampleFact(i))

let root: string
let bundles = 0
const fresh = () => join(root, String(bundles++))
beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), "bundle-"))))
afterAll(() => rm(root, { recursive: true }))

async function bundle(count: number): Promise<string> {
  const dir = fresh()
  await bundleOf(dir, rowsOf(facts(count)))
  return dir
}

async function filesOf(dir: string): Promise<string[]> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true })
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

test.each([1, 2, 255, 256, 257, 300, 512])("a sound bundle of %i entries verifies", async (count) => {
  const dir = await bundle(count)
  expect(await verifyBundle(dir, { key })).toMatchObject({ size: count, origin: signer.name, key })
  expect(await verifyBundle(dir)).toMatchObject({ size: count })
})

test(
  "the layout is that of C2SP tlog-tiles (its own example of 70,000 entries)",
  { timeout: 30_000 },
  async () => {
    const dir = await bundle(70_000)
    expect(await verifyBundle(dir, { key })).toMatchObject({ size: 70_000 })
    const files = await filesOf(dir)
    const tiles = files.filter((file) => /tile\/\d/.test(file)).map((file) => file.replace(/^.*tile\//, ""))
    expect(tiles.filter((tile) => tile.startsWith("0/"))).toHaveLength(274)
    expect(tiles).toContain("0/273.p/112")
    expect(tiles.filter((tile) => !tile.startsWith("0/")).toSorted()).toEqual([
      "1/000",
      "1/001.p/17",
      "2/000.p/1",
    ])
  },
)

describe("a changed bundle is refused", () => {
  test("an entry that is signed but not in canonical order", async () => {
    const dir = fresh()
    const rows = rowsOf(facts(3)).map((row, i) => {
      if (i !== 1) return row
      const entry = row.entry.replace(/"refs":\{("file":"[^"]*"),("unit":"[^"]*")\}/, '"refs":{$2,$1}')
      expect(entry).not.toBe(row.entry)
      return { ...row, entry, leaf: leafHash(entry) }
    })
    await bundleOf(dir, rows)
    await expect(verifyBundle(dir, { key })).rejects.toThrow(/entry 1/)
  })

  test("a directory in a file's place is named like a file that cannot be read", async () => {
    const dir = await bundle(3)
    const file = join(dir, "payload/000.p/3")
    await rm(file)
    await mkdir(file)
    await expect(verifyBundle(dir, { key })).rejects.toThrow(/payload\/000\.p\/3/)
  })

  test("a bit of every byte, in a bundle of few entries", { timeout: 60_000 }, async () => {
    const dir = await bundle(2)
    for (const file of await filesOf(dir)) {
      const sound = await readFile(file)
      for (let at = 0; at < sound.length; at++) {
        const bytes = Buffer.from(sound)
        bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (at % 8)), at)
        await writeFile(file, bytes)
        await expect(verifyBundle(dir, { key }), `${file} byte ${at}`).rejects.toThrow()
      }
      await writeFile(file, sound)
    }
    expect(await verifyBundle(dir, { key })).toMatchObject({ size: 2 })
  })

  test(
    "a bit of every file of a larger one, a file cut short, longer, missing",
    { timeout: 30_000 },
    async () => {
      const dir = await bundle(1000)
      for (const file of await filesOf(dir)) {
        const sound = await readFile(file)
        const changes = [
          ...[0, 0.2, 0.5, 0.8, 0.999].map((part) => flipped(sound, Math.floor(part * sound.length))),
          sound.subarray(0, -1),
          Buffer.concat([sound, Buffer.of(0)]),
          Buffer.concat([sound, Buffer.from("\n")]),
          Buffer.alloc(0),
        ]
        for (const bytes of changes) {
          await writeFile(file, bytes)
          await expect(verifyBundle(dir, { key }), file).rejects.toThrow()
        }
        await rm(file)
        await expect(verifyBundle(dir, { key }), `${file} missing`).rejects.toThrow(/is missing|is empty/)
        await writeFile(file, sound)
      }
      expect(await verifyBundle(dir, { key })).toMatchObject({ size: 1000 })
    },
  )

  test.each(["extra", "payload/003", "tile/0/004", "tile/3/000", "tile/x000/000", "tile/entries/000.p/5"])(
    "a file too many: %s",
    async (path) => {
      const dir = await bundle(700)
      await mkdir(dirname(join(dir, path)), { recursive: true })
      await writeFile(join(dir, path), "")
      await expect(verifyBundle(dir, { key })).rejects.toMatchObject({ where: path })
    },
  )

  test("an empty directory or a link", async () => {
    const dir = await bundle(3)
    await mkdir(join(dir, "empty"))
    await expect(verifyBundle(dir, { key })).rejects.toMatchObject({ where: "empty" })
    await rm(join(dir, "empty"), { recursive: true })
    await rename(join(dir, "manifest"), join(root, "elsewhere"))
    await symlink(join(root, "elsewhere"), join(dir, "manifest"))
    await expect(verifyBundle(dir, { key })).rejects.toMatchObject({ where: "manifest" })
  })

  test("two payload lines exchanged, and the entry is named", async () => {
    const rows = rowsOf(facts(300))
    const [a, b] = [rows[270], rows[271]]
    if (a === undefined || b === undefined) throw new Error("no rows")
    const dir = fresh()
    const exchanged = rows
      .with(270, { ...a, payloadLine: b.payloadLine })
      .with(271, { ...b, payloadLine: a.payloadLine })
    await bundleOf(dir, exchanged, signer, headOf(rows, signer))
    await expect(verifyBundle(dir, { key })).rejects.toMatchObject({ where: "entry 270" })
  })

  test(
    "an entry rewritten under its old hash is named, also among parts that workers share",
    { timeout: 30_000 },
    async () => {
      const rows = rowsOf(facts(17_000))
      const row = rows[16_501]
      if (row === undefined) throw new Error("no row")
      const dir = fresh()
      const entry = row.entry.replace("person-2", "person-9")
      await bundleOf(dir, rows.with(16_501, { ...row, entry }), signer, headOf(rows, signer))
      await expect(verifyBundle(dir, { key })).rejects.toMatchObject({ where: "entry 16501" })
    },
  )

  test("entries that are not written as they must be, though signed", async () => {
    const [row] = rowsOf(facts(1))
    if (row === undefined) throw new Error("no row")
    const bad = [
      row.entry.replace('"index":0', '"index":1'),
      row.entry.replace('"kind"', ' "kind"'),
      row.entry.replace('"file":"file-0","unit":"unit-1"', '"unit":"unit-1","file":"file-0"'),
      row.entry.replace("person-0", "person\\u002d0"),
      row.entry.slice(0, -1),
    ]
    for (const entry of bad) {
      const dir = fresh()
      const { leaf } = rowsOf(facts(1))[0] ?? { leaf: "" }
      const rows = [{ ...row, entry, leaf }]
      await bundleOf(dir, rows, signer, headOf(rows, signer))
      await expect(verifyBundle(dir, { key }), entry).rejects.toMatchObject({ where: "entry 0" })
    }
  })

  test("another log's bundle under the key that is expected", async () => {
    const other = sampleSigner("hushou/sample", 8)
    const dir = fresh()
    await bundleOf(dir, rowsOf(facts(3)), other)
    await expect(verifyBundle(dir, { key })).rejects.toMatchObject({ where: "log.vkey" })
    expect(await verifyBundle(dir)).toMatchObject({ key: verifierKey(other) })
    const keyFile = await readFile(join(dir, "log.vkey"))
    await writeFile(join(dir, "log.vkey"), flipped(keyFile, 40))
    await expect(verifyBundle(dir)).rejects.toMatchObject({ where: "log.vkey" })
  })
})

describe("destroyed payloads", () => {
  test("are reported by their key, and the tree still verifies", async () => {
    const dir = fresh()
    await bundleOf(
      dir,
      rowsOf(facts(600), (fact) => fact.retention === "refusal"),
    )
    const { destroyed } = await verifyBundle(dir, { key })
    expect(destroyed).toEqual(new Map([["refusal/2026-11", 60]]))
  })

  test("one alone, whose key opens others, was taken out", async () => {
    const dir = fresh()
    await bundleOf(
      dir,
      rowsOf(facts(600), (fact) => fact.refs["file"] === "file-305"),
    )
    await expect(verifyBundle(dir, { key })).rejects.toMatchObject({ where: "entry 305" })
  })

  test("the month is that of Taipei", async () => {
    const dir = fresh()
    const late = { ...sampleFact(1), time: "2026-11-30T16:00:00.000Z" as never }
    const early = { ...sampleFact(2), time: "2026-11-30T15:59:59.999Z" as never }
    await bundleOf(
      dir,
      rowsOf([late, early], (fact) => fact === late),
    )
    expect((await verifyBundle(dir, { key })).destroyed).toEqual(new Map([["register/2026-12", 1]]))
  })
})

describe("an older checkpoint", () => {
  const rows = rowsOf(facts(1500))
  test.each([1, 256, 700, 1280, 1500])("of %i entries is extended", async (size) => {
    const dir = fresh()
    await bundleOf(dir, rows)
    const since = Buffer.from(headOf(rows, signer, size))
    expect(await verifyBundle(dir, { key, since })).toMatchObject({ since: size })
  })

  test("of a history that was rewritten, of more entries, or of another log is refused", async () => {
    const dir = fresh()
    await bundleOf(dir, rows.slice(0, 1000))
    const rewritten = rowsOf([sampleFact(99), ...facts(500)])
    for (const since of [headOf(rewritten, signer, 400), headOf(rows, signer, 1001)])
      await expect(verifyBundle(dir, { key, since: Buffer.from(since) })).rejects.toThrow(/does not extend/)
    const foreign = Buffer.from(headOf(rows, sampleSigner("hushou/other"), 400))
    await expect(verifyBundle(dir, { key, since: foreign })).rejects.toMatchObject({ where: "--since" })
  })
})

test("nothing is written into a directory that is not empty", async () => {
  const dir = await bundle(3)
  const copy = fresh()
  await cp(dir, copy, { recursive: true })
  await truncate(join(copy, "checkpoint"))
  await expect(bundleOf(copy, rowsOf(facts(3)))).rejects.toThrow(/not empty/)
  expect((await readFile(join(copy, "checkpoint"))).length).toBe(0)
})

function flipped(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes)
  changed.writeUInt8(changed.readUInt8(at) ^ 0x10, at)
  return changed
}
