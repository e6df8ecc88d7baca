import { hash } from "node:crypto"
import { sql } from "kysely"
import type { Tx } from "../../platform/db/tx.ts"
import type { Ledger } from "../append.ts"
import { parseEntry, sealGroup, type Entry } from "../entry.ts"
import { openBatches, openKeys, type OpenedKey } from "../opened.ts"
import type { LedgerFinding } from "./findings.ts"

const PAGE = 4096
/** More would say nothing new, and each becomes a to-do. */
const MOST_NAMED = 20

/**
 * Opens every payload and holds it against its entry's commitment; a data key that was destroyed must have its
 * fact, and every other must open. `tx` MUST see one unchanging picture (`readTx`).
 */
export async function verifyPayloads(tx: Tx, ledger: Ledger): Promise<readonly LedgerFinding[]> {
  const keys = await openKeys(tx, ledger.sealKeys)
  const found: LedgerFinding[] = await verifyKeys(tx, keys)
  const gone = new Set(
    [...keys.values()].filter(({ state }) => typeof state === "string").map((k) => k.group),
  )
  const known = new Set([...keys.values()].map(({ group }) => group))
  let named = 0
  for (let from = 0; named < MOST_NAMED; from += PAGE) {
    const rows = await readRows(tx, from)
    if (rows.length === 0) break
    const { lines } = await openBatches(tx, keys, rows[0]?.batch ?? 0, rows.at(-1)?.batch ?? 0)
    for (const entry of rows.map((row) => row.entry)) {
      const group = sealGroup(entry.retention, entry.time)
      if (gone.has(group) || named === MOST_NAMED) continue
      const line = lines.get(entry.index)
      if (known.has(group) && line !== undefined && hash("sha256", line) === entry.payload) continue
      found.push({ kind: "ledger-payload-missing", index: entry.index })
      named++
    }
  }
  return found
}

async function verifyKeys(tx: Tx, keys: ReadonlyMap<string, OpenedKey>): Promise<LedgerFinding[]> {
  const { rows } = await sql<{ group: string }>`select distinct about_id as "group" from ledger_entry
    where kind = 'payloads-destroyed'`.execute(tx)
  const recorded = new Set(rows.map(({ group }) => group))
  return [...keys.values()].flatMap(({ group, state }): LedgerFinding[] => {
    if (state === "unusable") return [{ kind: "ledger-key-unusable", group }]
    return state === "destroyed" && !recorded.has(group) ? [{ kind: "ledger-key-destroyed", group }] : []
  })
}

async function readRows(tx: Tx, from: number): Promise<readonly { batch: number; entry: Entry }[]> {
  const { rows } = await sql<{ batch: number; entry: string }>`select batch, entry from ledger_entry
    where index >= ${from} and index < ${from + PAGE} order by index`.execute(tx)
  return rows.flatMap(({ batch, entry }) => {
    const parsed = parsedOrNone(entry)
    return parsed === null ? [] : [{ batch, entry: parsed }]
  })
}

/** A text that is no entry is named by `verifyTables`. */
function parsedOrNone(text: string): Entry | null {
  try {
    return parseEntry(text)
  } catch {
    return null
  }
}
