import { sql, type RawBuilder } from "kysely"
import type { Json } from "../kernel/decision.ts"
import type { Instant } from "../kernel/time.ts"
import type { Tx } from "../platform/db/tx.ts"
import { LedgerError, parseEntry, payloadOf, sealGroup, type Entry } from "./entry.ts"
import type { LeafRange } from "./proof.ts"
import { unsealLines, type SealKeys } from "./seal.ts"
import { EMPTY, extend, frontierFrom, frontierOf, rootOf, type Frontier, type Hash } from "./tree.ts"

/** A signed tree head as stored. */
export interface Head {
  readonly size: number
  readonly root: Hash
  readonly frontier: Frontier
  /** C2SP checkpoint, signed. */
  readonly note: string
  readonly time: Instant
}

interface HeadRow {
  readonly size: number
  readonly root: Uint8Array
  readonly frontier: Uint8Array
  readonly note: string
  readonly time: Instant
}

/** The newest tree head; `null` while the ledger is empty. */
export function readHead(tx: Tx): Promise<Head | null> {
  return readCheckpoint(tx, Number.MAX_SAFE_INTEGER)
}

/** Waits for this transaction's turn to append, which lasts to its commit; gives the head as it then is. */
export async function takeTurn(tx: Tx): Promise<Head | null> {
  const { rows } = await sql<HeadRow>`select * from ledger_take_turn()`.execute(tx)
  return rows[0] === undefined ? null : headOf(rows[0])
}

/** The newest tree head of at most `size` entries. */
export async function readCheckpoint(tx: Tx, size: number): Promise<Head | null> {
  const { rows } = await sql<HeadRow>`select size, root, frontier, note, time
    from ledger_checkpoint where size <= ${size} order by size desc limit 1`.execute(tx)
  return rows[0] === undefined ? null : headOf(rows[0])
}

function headOf({ size, root, frontier, note, time }: HeadRow): Head {
  return { size, root: Buffer.from(root).toString("hex"), frontier: frontierOf(size, frontier), note, time }
}

/** The Merkle Tree Hash of a range that a proof asks for: from stored heads, and the few leaves after them. */
export async function rangeHash(tx: Tx, { start, end }: LeafRange): Promise<Hash> {
  const before = await readCheckpoint(tx, end - 1)
  const known = before !== null && before.size > start ? frontierFrom(before.frontier, start) : EMPTY
  const { rows } = await sql<{ leaf: string }>`select encode(leaf_hash, 'hex') as leaf from ledger_entry
    where index >= ${start + known.size} and index < ${end} order by index`.execute(tx)
  const whole = extend(
    known,
    rows.map((row) => row.leaf),
  )
  if (whole.size !== end - start) throw new LedgerError(`entries are missing between ${start} and ${end}`)
  return rootOf(whole)
}

/** Which entries to list; all that are given must hold. */
export interface EntryFilter {
  readonly kind?: string
  readonly actor?: string
  readonly aboutType?: string
  readonly aboutId?: string
  /** Inclusive. */
  readonly from?: Instant
  /** Exclusive. */
  readonly to?: Instant
}

export interface EntryPage {
  readonly items: readonly Entry[]
  /** Exact up to MAX_COUNTED; that number means so many or more. */
  readonly total: number
}

/** Counting stops here when a filter is set, so that a list stays quick however long the ledger is. */
export const MAX_COUNTED = 10_000

/** Entries without their payloads, newest first. `page` counts from 1. */
export async function browseEntries(
  tx: Tx,
  filter: EntryFilter,
  page: number,
  size: number,
): Promise<EntryPage> {
  const conditions = conditionsOf(filter)
  if (conditions.length === 0) return newestEntries(tx, page, size)
  const where = sql.join(conditions, sql` and `)
  const { rows } = await sql<{ entry: string }>`select entry from ledger_entry where ${where}
    order by index desc limit ${size} offset ${(page - 1) * size}`.execute(tx)
  const counted = await sql<{ total: number }>`select count(*) as total from
    (select from ledger_entry where ${where} limit ${MAX_COUNTED}) as counted`.execute(tx)
  return { items: rows.map((row) => parseEntry(row.entry)), total: counted.rows[0]?.total ?? 0 }
}

function conditionsOf(filter: EntryFilter): RawBuilder<unknown>[] {
  const { kind, actor, aboutType, aboutId, from, to } = filter
  return [
    kind === undefined ? null : sql`kind = ${kind}`,
    actor === undefined ? null : sql`actor = ${actor}`,
    aboutType === undefined ? null : sql`about_type = ${aboutType}`,
    aboutId === undefined ? null : sql`about_id = ${aboutId}`,
    from === undefined ? null : sql`time >= ${from}`,
    to === undefined ? null : sql`time < ${to}`,
  ].filter((condition) => condition !== null)
}

/** Indices are contiguous, so that any page of the whole ledger is one range of the primary key. */
async function newestEntries(tx: Tx, page: number, size: number): Promise<EntryPage> {
  const total = (await readHead(tx))?.size ?? 0
  const end = total - (page - 1) * size
  const { rows } = await sql<{ entry: string }>`select entry from ledger_entry
    where index >= ${end - size} and index < ${end} order by index desc`.execute(tx)
  return { items: rows.map((row) => parseEntry(row.entry)), total }
}

export type OpenedPayload =
  { readonly state: "open"; readonly value: Json; readonly line: string } | { readonly state: "destroyed" }

/** One entry with its payload unsealed, for those who may read it (the caller decides); `null` when there is none. */
export async function readEntry(
  tx: Tx,
  sealKeys: SealKeys,
  index: number,
): Promise<{ readonly entry: Entry; readonly payload: OpenedPayload } | null> {
  const { rows } = await sql<{ entry: string; batch: number }>`select entry, batch from ledger_entry
    where index = ${index}`.execute(tx)
  const [row] = rows
  if (row === undefined) return null
  const entry = parseEntry(row.entry)
  return { entry, payload: await openPayload(tx, sealKeys, entry, row.batch) }
}

async function openPayload(tx: Tx, sealKeys: SealKeys, entry: Entry, batch: number): Promise<OpenedPayload> {
  const key = await sealKeys.forOpening(tx, sealGroup(entry.retention, entry.time))
  if (key === null) return { state: "destroyed" }
  const { rows } = await sql<{ sealed: Uint8Array }>`select sealed from ledger_payload
    where batch = ${batch} and seal_key = ${key.id}`.execute(tx)
  const line = rows[0] === undefined ? undefined : unsealLines(key, batch, rows[0].sealed).get(entry.index)
  if (line === undefined) throw new LedgerError(`the payload of entry ${entry.index} is missing`)
  return { state: "open", value: payloadOf(entry, line), line }
}
