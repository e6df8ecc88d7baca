import { sql } from "kysely"
import type { Instant } from "../../kernel/time.ts"
import type { Tx } from "../../platform/db/tx.ts"
import type { Ledger } from "../append.ts"
import { openCheckpoint } from "../checkpoint.ts"
import { parseEntry, type Entry } from "../entry.ts"
import { EMPTY, extend, frontierBytes, leafHash, rootOf, type Frontier } from "../tree.ts"
import { findClockJumps, findGaps, wentBack, type LedgerFinding } from "./findings.ts"

interface Row {
  readonly index: number
  readonly batch: number
  readonly leaf: string
  readonly entry: string
  readonly time: Instant
  readonly actor: string
  readonly kind: string
  readonly about_type: string | null
  readonly about_id: string | null
}

interface CheckpointRow {
  readonly size: number
  readonly root: Uint8Array
  readonly frontier: Uint8Array
  readonly note: string
  readonly time: Instant
}

/** Entries read at a time; more only when one append wrote more. */
const PAGE = 4096

/**
 * Re-computes the whole ledger inside the database: every entry against its hash and columns, every head against
 * the entries and its signature. Gives what is wrong, in the ledger's order;
 * after a gap or a head that does not fit it stops, because all later ones follow from it.
 * `tx` MUST see one unchanging picture (`readTx`).
 */
export async function verifyTables(tx: Tx, ledger: Ledger): Promise<readonly LedgerFinding[]> {
  const found: LedgerFinding[] = []
  let frontier = EMPTY
  let latest = "1970-01-01T00:00:00.000Z" as Instant
  for (;;) {
    const heads = await readHeads(tx, frontier.size)
    const rows = await readRows(tx, frontier.size, heads.at(-1)?.size ?? frontier.size + 1)
    if (heads.length === 0) return [...found, ...rows.map(unsigned)]
    const jumps = findClockJumps(rows, latest)
    found.push(...rows.flatMap(checkRow), ...jumps.found)
    const broken =
      gapIn(rows, frontier.size, heads.at(-1)?.size ?? 0) ?? wrongHead(ledger, frontier, rows, heads)
    if (broken !== null) return [...found, broken]
    const leaves = rows.map((row) => row.leaf)
    frontier = extend(frontier, leaves)
    latest = jumps.latest
  }
}

async function readHeads(tx: Tx, after: number): Promise<readonly CheckpointRow[]> {
  const { rows } = await sql<CheckpointRow>`select size, root, frontier, note, time from ledger_checkpoint
    where size > ${after} and size <= greatest(${after + PAGE}::bigint,
      (select min(size) from ledger_checkpoint where size > ${after}))
    order by size`.execute(tx)
  return rows
}

async function readRows(tx: Tx, from: number, end: number): Promise<readonly Row[]> {
  const { rows } =
    await sql<Row>`select index, batch, encode(leaf_hash, 'hex') as leaf, entry, time, actor, kind,
      about_type, about_id
    from ledger_entry where index >= ${from} and index < ${end} order by index`.execute(tx)
  return rows
}

function unsigned({ index }: Row): LedgerFinding {
  return { kind: "ledger-entry-altered", where: `entry ${index}`, reason: "no signed head covers it" }
}

function gapIn(rows: readonly Row[], from: number, end: number): LedgerFinding | null {
  const indices = [...rows.map((row) => row.index), end]
  return findGaps(indices, from)[0] ?? null
}

/** An entry against its own hash, and the columns against the entry. */
function checkRow(row: Row): LedgerFinding[] {
  const where = `entry ${row.index}`
  if (leafHash(row.entry) !== row.leaf)
    return [{ kind: "ledger-entry-altered", where, reason: "its text does not hash to its leaf" }]
  let entry: Entry
  try {
    entry = parseEntry(row.entry)
  } catch {
    return [{ kind: "ledger-entry-altered", where, reason: "its text is not an entry" }]
  }
  const wrong = (
    [
      ["index", entry.index, row.index],
      ["time", entry.time, row.time],
      ["actor", entry.actor, row.actor],
      ["kind", entry.kind, row.kind],
      ["about_type", entry.about?.type ?? null, row.about_type],
      ["about_id", entry.about?.id ?? null, row.about_id],
    ] as const
  ).find(([, said, stored]) => said !== stored)
  return wrong === undefined
    ? []
    : [{ kind: "ledger-entry-altered", where, reason: `its column ${wrong[0]} differs from its text` }]
}

/** The first of `heads` that does not fit the tree that `rows` make after `before`. */
function wrongHead(
  ledger: Ledger,
  before: Frontier,
  rows: readonly Row[],
  heads: readonly CheckpointRow[],
): LedgerFinding | null {
  let tree = before
  for (const head of heads) {
    const where = `entries ${tree.size} to ${head.size - 1}`
    const batch = rows.slice(tree.size - before.size, head.size - before.size)
    const isOneAppend = batch.every((row) => row.batch === batch[0]?.index)
    const latest = batch.reduce(
      (time, row) => (row.time > time ? row.time : time),
      batch[0]?.time ?? head.time,
    )
    tree = extend(
      tree,
      batch.map((row) => row.leaf),
    )
    const reason = misfit(ledger, head, tree) ?? (isOneAppend && head.time === latest ? null : MISPLACED)
    if (reason !== null) return { kind: "ledger-entry-altered", where, reason }
  }
  return null
}

const MISPLACED = "they are not of one append, or their head is of another time"

function misfit({ signer }: Ledger, head: CheckpointRow, tree: Frontier): string | null {
  const root = rootOf(tree)
  try {
    const signed = openCheckpoint(head.note, signer)
    if (signed.size !== head.size || signed.root !== root) return "they do not lead to the signed head"
  } catch {
    return "their head is not signed by this ledger's key"
  }
  const isStored =
    Buffer.from(head.root).toString("hex") === root && frontierBytes(tree).equals(head.frontier)
  return isStored ? null : "their head's columns differ from the tree"
}

/** Whether the clock lies behind the newest entry: at the start, and after it was set. */
export async function verifyClock(tx: Tx, now: Instant): Promise<LedgerFinding | null> {
  const { rows } = await sql<{ index: number; time: Instant }>`select index, time from ledger_entry
    order by time desc, index desc limit 1`.execute(tx)
  const [newest] = rows
  if (newest === undefined || !wentBack(newest.time, now)) return null
  return { kind: "clock-jumped", index: newest.index + 1, from: newest.time, to: now }
}
