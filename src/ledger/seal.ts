import { randomBytes } from "node:crypto"
import { sql } from "kysely"
import type { Instant } from "../kernel/time.ts"
import type { Keyring, Rewrap } from "../platform/crypto/keyring.ts"
import { seal, unseal } from "../platform/crypto/sealing.ts"
import { inTx, type Db, type Tx } from "../platform/db/tx.ts"
import { newId } from "../platform/ids.ts"
import { LedgerError } from "./entry.ts"

/** The data key of one seal group (`<retention class>/<month>`). */
export interface SealKey {
  readonly id: string
  readonly key: Uint8Array
}

/** Where the data keys of the seal groups come from. */
export interface SealKeys {
  /** The group's key, made when there is none. Throws LedgerError when it was destroyed. */
  forSealing(tx: Tx, group: string): Promise<SealKey>
  /** The group's key when it is in memory. */
  held(group: string): SealKey | undefined
  /** The group's key as it stands now; `null` when it was destroyed. */
  forOpening(tx: Tx, group: string): Promise<SealKey | null>
  /** Forgets keys held in memory, after a write under one of them was refused. */
  forget(): void
}

interface KeyRow {
  readonly id: string
  readonly kek: string | null
  readonly wrapped: Uint8Array | null
}

export function createSealKeys(keyring: Keyring): SealKeys {
  const held = new Map<string, SealKey>()
  async function open(tx: Tx, group: string): Promise<SealKey | "absent" | "destroyed"> {
    const row = await readKey(tx, group)
    if (row === undefined) return "absent"
    if (row.kek === null || row.wrapped === null) return "destroyed"
    return { id: row.id, key: keyring.unwrap({ kek: row.kek, bytes: row.wrapped }, keyContext(row.id)) }
  }
  return {
    async forSealing(tx, group) {
      const known = held.get(group)
      if (known !== undefined) return known
      const found = await open(tx, group)
      if (found === "destroyed")
        throw new LedgerError(`the data key of ${group} was destroyed; check the clock`)
      // A key made here is not held: this transaction may still roll back.
      if (found === "absent") return createKey(tx, keyring, group)
      held.set(group, found)
      return found
    },
    async forOpening(tx, group) {
      const found = await open(tx, group)
      if (found === "absent") throw new LedgerError(`the data key of ${group} is missing`)
      return found === "destroyed" ? null : found
    },
    held: (group) => held.get(group),
    forget: () => held.clear(),
  }
}

async function readKey(tx: Tx, group: string): Promise<KeyRow | undefined> {
  const [retention, month] = group.split("/")
  const { rows } = await sql<KeyRow>`select id, kek, wrapped from ledger_seal_key
    where retention = ${retention} and month = ${month}`.execute(tx)
  return rows[0]
}

async function createKey(tx: Tx, keyring: Keyring, group: string): Promise<SealKey> {
  const [retention, month] = group.split("/")
  const created = { id: newId(), key: randomBytes(32) }
  const { kek, bytes } = keyring.wrap(created.key, keyContext(created.id))
  await sql`insert into ledger_seal_key (id, retention, month, kek, wrapped)
    values (${created.id}, ${retention}, ${month}, ${kek}, ${Buffer.from(bytes)})`.execute(tx)
  return created
}

function keyContext(id: string): string {
  return `ledger-seal-key/${id}`
}

/** Seals the payload lines of one append that share a data key, each under its entry's index. */
export function sealLines(
  key: SealKey,
  batch: number,
  lines: readonly (readonly [number, string])[],
): Buffer {
  const text = lines.map(([index, line]) => `${index} ${line}\n`).join("")
  return Buffer.from(seal(key.key, Buffer.from(text), linesContext(key, batch)))
}

/** Undoes `sealLines`. Throws LedgerError when the bytes were altered or moved. */
export function unsealLines(key: SealKey, batch: number, sealed: Uint8Array): Map<number, string> {
  const plain = unseal(key.key, sealed, linesContext(key, batch))
  if (plain === null) throw new LedgerError(`the sealed payloads of batch ${batch} were altered`)
  const lines = Buffer.from(plain).toString().split("\n").slice(0, -1)
  return new Map(
    lines.map((line) => {
      const space = line.indexOf(" ")
      return [Number(line.slice(0, space)), line.slice(space + 1)]
    }),
  )
}

function linesContext(key: SealKey, batch: number): string {
  return `ledger-payload/${key.id}/${batch}`
}

/** Wraps every data key anew under the keyring's current key: a keeper for `rotateKek`. */
export function rewrapSealKeys(db: Db): Rewrap {
  return (keyring) =>
    inTx(db, async (tx) => {
      const { rows } = await sql<KeyRow>`select id, kek, wrapped from ledger_seal_key
        where kek <> ${keyring.currentKek()}`.execute(tx)
      for (const { id, kek, wrapped } of rows) {
        if (kek === null || wrapped === null) continue
        const anew = keyring.wrap(keyring.unwrap({ kek, bytes: wrapped }, keyContext(id)), keyContext(id))
        await sql`select ledger_rewrap_seal_key(${id}, ${anew.kek}, ${Buffer.from(anew.bytes)})`.execute(tx)
      }
      return rows.length
    })
}

/** How many payloads a retention class and month (`2026-11`) holds; 0 also when their data key was destroyed. */
export async function countSealed(tx: Tx, retention: string, month: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count
    from ledger_seal_key k join ledger_entry e on e.entry::jsonb ->> 'retention' = k.retention
      and e.time >= (k.month || '-01')::timestamp at time zone 'Asia/Taipei'
      and e.time < ((k.month || '-01')::timestamp + interval '1 month') at time zone 'Asia/Taipei'
    where k.retention = ${retention} and k.month = ${month} and k.destroyed_at is null`.execute(tx)
  return rows[0]?.count ?? 0
}

/**
 * Destroys the data key of a retention class and month (`2026-11`) and with it, for ever, their payloads.
 * The tree still verifies. Gives whether there was one to destroy; the month MUST be over at `at`.
 */
export async function destroySealKey(
  tx: Tx,
  retention: string,
  month: string,
  at: Instant,
): Promise<boolean> {
  const { rows } = await sql`select ledger_destroy_seal_key(${retention}, ${month}, ${at})`.execute(tx)
  return rows.length > 0
}
