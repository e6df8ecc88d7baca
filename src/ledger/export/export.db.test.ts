import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { sql } from "kysely"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { sampleFact } from "../../../tests/support/ledger-bundle.ts"
import { freshLedger, type TestLedger } from "../../../tests/support/ledger.ts"
import type { Instant } from "../../kernel/time.ts"
import { rotateKek } from "../../platform/crypto/keyring.ts"
import { inTx, readTx, type Tx } from "../../platform/db/tx.ts"
import { openLedger } from "../append.ts"
import { verifierKey } from "../checkpoint.ts"
import { verifyTables } from "../findings/verify-tables.ts"
import { browseEntries, readEntry, readHead } from "../read.ts"
import { destroySealKey, rewrapSealKeys } from "../seal.ts"
import { createSequencer } from "../sequencer.ts"
import { verifyBundle } from "../verify/bundle.ts"
import { verifyProof } from "../verify/proofs.ts"
import { exportLedger } from "./export.ts"
import { extendsHead, proveInclusion } from "./prove.ts"

const NOW = "2027-01-01T00:00:00.000Z" as Instant

let t: TestLedger
let key: string
beforeEach(async () => {
  t = await freshLedger()
  key = verifierKey(t.ledger.signer)
})
afterEach(() => t.close())

/** Appends `count` facts in appends of uneven lengths. */
async function fill(count: number): Promise<void> {
  for (let from = 0, length = 1; from < count; from += length, length = (length * 7 + 3) % 300)
    await inTx(t.db, (tx) =>
      t.ledger.appendInTx(
        tx,
        Array.from({ length: Math.min(length, count - from) }, (_, i) => sampleFact(from + i)),
      ),
    )
}
const exported = async (name: string): Promise<string> => {
  const dir = join(t.dir, name)
  await exportLedger(t.db, t.ledger, dir)
  return dir
}
const wrong = () => readTx(t.db, (tx) => verifyTables(tx, t.ledger))
/** As somebody with the superuser's rights could, past every trigger. */
async function tamper(change: string): Promise<void> {
  for (const table of ["ledger_entry", "ledger_checkpoint", "ledger_payload"])
    await sql
      .raw(`alter table ${table} disable trigger all`)
      .execute(t.owner)
      .catch(() => disableOwn(table))
  await sql.raw(change).execute(t.owner)
}
async function disableOwn(table: string): Promise<void> {
  await sql.raw(`alter table ${table} disable trigger ledger_append_only`).execute(t.owner)
}

describe("an export", () => {
  test("verifies, with payloads as they were given", async () => {
    await fill(1500)
    const dir = await exported("bundle")
    expect(await verifyBundle(dir, { key })).toMatchObject({ size: 1500, destroyed: new Map() })
    const [, second = ""] = (await readFile(join(dir, "payload/003"), "utf8")).split("\n")
    expect(JSON.parse(second.slice(50))).toEqual(sampleFact(769).payload)
    expect(await wrong()).toEqual([])
  })

  test("is whole at its head while appends go on", async () => {
    await fill(800)
    const sequencer = createSequencer({ url: t.url, ledger: t.ledger })
    const going = Array.from({ length: 600 }, (_, i) => sequencer.appended([sampleFact(i)]))
    const dir = await exported("bundle")
    const { size } = await verifyBundle(dir, { key })
    expect(size).toBeGreaterThanOrEqual(800)
    await Promise.all(going)
    await sequencer.close()
    const since = await readFile(join(dir, "checkpoint"))
    expect(await verifyBundle(await exported("later"), { key, since })).toMatchObject({
      size: 1400,
      since: size,
    })
  })

  test("of an empty ledger, or into a directory in use, is refused", async () => {
    await expect(exported("bundle")).rejects.toThrow(/empty/)
    await fill(3)
    await writeFile(join(t.dir, "bundle", "mine"), "").catch(() => undefined)
    await exported("first")
    await expect(exported("first")).rejects.toThrow(/not empty/)
  })
})

const asOwner = <T>(work: (tx: Tx) => Promise<T>) => inTx(t.owner, work)

describe("destroyed payloads", () => {
  test("not by the role that serves: it neither destroys nor rewraps data keys", async () => {
    await fill(30)
    const refused = /permission denied/
    await expect(inTx(t.db, (tx) => destroySealKey(tx, "refusal", "2026-11", NOW))).rejects.toThrow(refused)
    await expect(rotateKek(t.keyring, [rewrapSealKeys(t.db)], () => Promise.resolve())).rejects.toThrow(
      refused,
    )
    await expect(sql`update ledger_seal_key set kek = 'kek'`.execute(t.db)).rejects.toThrow(refused)
    await expect(sql`delete from ledger_seal_key`.execute(t.db)).rejects.toThrow(refused)
  })

  test("are gone for good; entries, tables and bundle still verify and say so", async () => {
    await fill(700)
    const early = "2026-11-30T15:59:59.000Z" as Instant
    expect(await asOwner((tx) => destroySealKey(tx, "refusal", "2026-11", early))).toBe(false)
    expect(await asOwner((tx) => destroySealKey(tx, "refusal", "2026-11", NOW))).toBe(true)
    expect(await asOwner((tx) => destroySealKey(tx, "refusal", "2026-11", NOW))).toBe(false)
    const read = (index: number) => inTx(t.db, (tx) => readEntry(tx, t.ledger.sealKeys, index))
    expect(await read(10)).toMatchObject({ payload: { state: "destroyed" } })
    expect(await read(11)).toMatchObject({ payload: { state: "open", value: sampleFact(11).payload } })
    const dir = await exported("bundle")
    expect((await verifyBundle(dir, { key })).destroyed).toEqual(new Map([["refusal/2026-11", 70]]))
    expect(await wrong()).toEqual([])
    await expect(
      sql`update ledger_seal_key set wrapped = '\\x00', kek = 'kek', destroyed_at = null`.execute(t.owner),
    ).rejects.toThrow(/防竄改/)
  })

  test("not by rotating the key-encryption key", async () => {
    await fill(30)
    const { rewrapped } = await rotateKek(t.keyring, [rewrapSealKeys(t.owner)], () => Promise.resolve())
    expect(rewrapped).toBe(2)
    const { rows } = await sql<{ kek: string }>`select distinct kek from ledger_seal_key`.execute(t.db)
    expect(rows).toEqual([{ kek: t.keyring.currentKek() }])
    const ledger = openLedger(t.keyring)
    expect(await inTx(t.db, (tx) => readEntry(tx, ledger.sealKeys, 20))).toMatchObject({
      payload: { state: "open" },
    })
  })
})

describe("what somebody changed behind the program's back is named", () => {
  test.each([
    [
      "a text",
      "update ledger_entry set entry = replace(entry, 'person-1', 'person-3') where index = 302",
      "entry 302",
    ],
    ["a column", "update ledger_entry set actor = 'person-9' where index = 302", "entry 302"],
    [
      "a text and its hash",
      `update ledger_entry set entry = replace(entry, 'person-1', 'person-3'),
       leaf_hash = sha256('\\x00' || convert_to(replace(entry, 'person-1', 'person-3'), 'UTF8')),
       actor = 'person-3' where index = 302`,
      /entries \d+ to \d+/,
    ],
    [
      "a head",
      "update ledger_checkpoint set root = sha256('') where size = (select max(size) from ledger_checkpoint)",
      /entries/,
    ],
  ] as const)("%s", async (_, change, where) => {
    await fill(600)
    await tamper(change)
    const [first] = await wrong()
    expect(first).toMatchObject({
      kind: "ledger-entry-altered",
      where: typeof where === "string" ? where : (expect.stringMatching(where) as string),
    })
  })

  test("an entry taken out, the newest entries taken out, an entry slipped in", async () => {
    await fill(600)
    await tamper("delete from ledger_entry where index = 599")
    expect(await wrong()).toMatchObject([{ kind: "ledger-gap", after: 598, next: 600 }])
    await tamper("delete from ledger_entry where index = 302")
    expect(await wrong()).toMatchObject([{ kind: "ledger-gap", after: 301, next: 303 }])
    await expect(exported("gap")).rejects.toThrow(/entry 302/)
    await tamper(`delete from ledger_entry where index >= 300`)
    await tamper(`delete from ledger_checkpoint where size > 300`)
    expect((await wrong()).length).toBeGreaterThan(0)
  })

  test.each([
    [
      "a text",
      "update ledger_entry set entry = replace(entry, 'person-1', 'person-3') where index = 302",
      "entry 302",
    ],
    [
      "a text and its hash",
      `update ledger_entry set entry = replace(entry, 'person-1', 'person-3'),
       leaf_hash = sha256('\\x00' || convert_to(replace(entry, 'person-1', 'person-3'), 'UTF8')) where index = 302`,
      "checkpoint",
    ],
    [
      "a sealed payload",
      "update ledger_payload set sealed = set_byte(sealed, 20, 255 - get_byte(sealed, 20))",
      "entry 0",
    ],
    ["payloads taken out", "delete from ledger_payload where batch > 0", "entry 1"],
  ] as const)("also by an export's verification: %s", async (_, change, where) => {
    await fill(600)
    await tamper(change)
    await expect(verifyBundle(await exported("bundle"), { key })).rejects.toMatchObject({ where })
  })
})

describe("proofs from the tables", () => {
  test("of every entry, in heads of many sizes, and changed ones prove nothing", async () => {
    await fill(900)
    const old = await inTx(t.db, readHead)
    for (const index of [0, 1, 255, 256, 300, 511, 512, 700, 898, 899]) {
      const proof = await proveInclusion(t.db, index)
      expect(verifyProof(proof, key)).toMatchObject({ index, size: 900 })
      const other = proof.replace(/^index .*$/m, `index ${index ^ 1}`)
      expect(() => verifyProof(other, key)).toThrow()
    }
    await fill(700)
    for (const size of [1, 256, 300, 900]) {
      const [head] = await sizesOf(size)
      expect(await readTx(t.db, (tx) => extendsHead(tx, head ?? { size: 0, root: "" }))).toBe(true)
    }
    expect(await readTx(t.db, (tx) => extendsHead(tx, { size: old?.size ?? 0, root: "00".repeat(32) }))).toBe(
      false,
    )
    await expect(proveInclusion(t.db, 5000)).rejects.toThrow(/no entry/)
  })

  async function sizesOf(atLeast: number) {
    const { rows } = await sql<{ size: number; root: string }>`select size, encode(root, 'hex') as root
      from ledger_checkpoint where size >= ${atLeast} order by size limit 1`.execute(t.db)
    return rows
  }
})

test("browsing filters and pages, newest first", async () => {
  await fill(500)
  const browse = (filter: object, page = 1, size = 20) =>
    inTx(t.db, (tx) => browseEntries(tx, filter, page, size))
  const indices = async (filter: object, page?: number) =>
    (await browse(filter, page)).items.map((e) => e.index)
  expect(await browse({})).toMatchObject({ total: 500 })
  expect(await indices({})).toEqual(Array.from({ length: 20 }, (_, i) => 499 - i))
  expect(await indices({}, 25)).toEqual(Array.from({ length: 20 }, (_, i) => 19 - i))
  expect(await indices({}, 26)).toEqual([])
  expect(await indices({ kind: "delivery-released" }, 2)).toEqual(
    Array.from({ length: 20 }, (_, i) => 458 - 2 * i),
  )
  expect(await browse({ kind: "delivery-released" })).toMatchObject({ total: 250 })
  expect((await browse({ actor: "person-1", aboutType: "delivery", aboutId: "delivery-3" })).total).toBe(15)
  const [from, to] = [sampleFact(100).time, sampleFact(105).time]
  expect(await indices({ from, to })).toEqual([104, 103, 102, 101, 100])
})
