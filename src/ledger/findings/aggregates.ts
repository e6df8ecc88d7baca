import { sql } from "kysely"
import type { Json } from "../../kernel/decision.ts"
import type { Tx } from "../../platform/db/tx.ts"
import { parseEntry, stateDigest } from "../entry.ts"
import type { Hash } from "../tree.ts"
import { compareAggregate, type LedgerFinding } from "./findings.ts"

/** One kind of aggregate, as the runtime knows it. */
export interface VerifiedAggregate {
  readonly type: string
  readonly listIds: (tx: Tx) => Promise<readonly string[]>
  /** Version and whole state, or `null` when there is no such aggregate. */
  readonly stateOf: (tx: Tx, id: string) => Promise<{ readonly version: number; readonly state: Json } | null>
}

/**
 * Compares every aggregate's rows with the digest in its newest entry and names those that were changed, taken
 * away or added behind the program's back. `tx` MUST see one unchanging picture (`readTx`).
 */
export async function verifyAggregates(
  tx: Tx,
  aggregates: readonly VerifiedAggregate[],
): Promise<readonly LedgerFinding[]> {
  const found: LedgerFinding[] = []
  for (const aggregate of aggregates) {
    const recorded = await recordedDigests(tx, aggregate.type)
    const ids = new Set([...(await aggregate.listIds(tx)), ...recorded.keys()])
    for (const id of [...ids].toSorted()) {
      const state = await aggregate.stateOf(tx, id)
      const digest = state === null ? null : stateDigest(state.state)
      const finding = compareAggregate(aggregate.type, id, recorded.get(id) ?? null, digest)
      if (finding !== null) found.push(finding)
    }
  }
  return found
}

/** The digest in the newest entry about each aggregate of a type; `null` where it no longer existed. */
async function recordedDigests(tx: Tx, type: string): Promise<Map<string, Hash | null>> {
  const { rows } = await sql<{
    id: string
    entry: string
  }>`select distinct on (about_id) about_id as id, entry
    from ledger_entry where about_type = ${type} order by about_id, index desc`.execute(tx)
  return new Map(rows.map(({ id, entry }) => [id, parseEntry(entry).about?.digest ?? null]))
}

/** The digest in the newest entry about one aggregate; `null` where none is recorded or it no longer existed. */
export async function recordedDigest(tx: Tx, type: string, id: string): Promise<Hash | null> {
  const { rows } = await sql<{ entry: string }>`select entry from ledger_entry
    where about_id = ${id} and about_type = ${type} order by index desc limit 1`.execute(tx)
  return rows[0] === undefined ? null : (parseEntry(rows[0].entry).about?.digest ?? null)
}
