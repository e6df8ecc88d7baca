import { sql } from "kysely"
import { inTx, readTx, type Db, type Tx } from "../../platform/db/tx.ts"
import type { Ledger } from "../append.ts"
import { DESTROYED_LINE, LedgerError } from "../entry.ts"
import { openBatches, openKeys, type OpenedKey } from "../opened.ts"
import { readHead, type Head } from "../read.ts"
import { TILE_WIDTH } from "../tiles.ts"
import { writeBundle, type BundleRow } from "./bundle.ts"

/**
 * Writes the ledger up to its head of now into `dir` (absent or empty); appends may go on meanwhile, because
 * rows are only ever added. Payloads are opened: the bundle is as confidential as the ledger.
 * Writes what the tables hold, right or wrong: judging is for `verifyBundle`.
 */
export async function exportLedger(db: Db, ledger: Ledger, dir: string): Promise<Head> {
  const { head, keys } = await inTx(db, async (tx) => ({
    head: await readHead(tx),
    keys: await openKeys(tx, ledger.sealKeys),
  }))
  if (head === null) throw new LedgerError("the ledger is empty; nothing was exported")
  await writeBundle(dir, ledger.signer, head.note, slices(db, keys, head.size))
  return head
}

/** Slices read at a time. */
const READ_SLICES = 16

async function* slices(
  db: Db,
  keys: ReadonlyMap<string, OpenedKey>,
  size: number,
): AsyncGenerator<readonly BundleRow[]> {
  for (let from = 0; from < size; from += READ_SLICES * TILE_WIDTH) {
    const end = Math.min(size, from + READ_SLICES * TILE_WIDTH)
    const rows = await readTx(db, (tx) => readRows(tx, keys, from, end))
    for (let i = 0; i < rows.length; i += TILE_WIDTH) yield rows.slice(i, i + TILE_WIDTH)
  }
}

interface Stored {
  readonly index: number
  readonly batch: number
  readonly leaf: string
  readonly entry: string
}

async function readRows(
  tx: Tx,
  keys: ReadonlyMap<string, OpenedKey>,
  from: number,
  end: number,
): Promise<BundleRow[]> {
  const { rows } = await sql<Stored>`select index, batch, encode(leaf_hash, 'hex') as leaf, entry
    from ledger_entry where index >= ${from} and index < ${end} order by index`.execute(tx)
  const missing = Array.from({ length: end - from }, (_, i) => from + i).find(
    (index, i) => rows[i]?.index !== index,
  )
  if (missing !== undefined)
    throw new LedgerError(`entry ${missing} is missing from the table; the export stopped`)
  const opened = await openBatches(tx, keys, rows[0]?.batch ?? 0, rows.at(-1)?.batch ?? 0)
  return rows.map(({ index, batch, leaf, entry }) => {
    const absent = opened.destroyed.has(batch) ? DESTROYED_LINE : MISSING_LINE
    return { leaf, entry, payloadLine: opened.lines.get(index) ?? absent }
  })
}

/** Stands for a payload that is neither there nor destroyed, so that verification names its entry. */
const MISSING_LINE = "hushou-payload/1 missing"
