import { sql } from "kysely"
import { KeyringError } from "../platform/crypto/keyring.ts"
import type { Tx } from "../platform/db/tx.ts"
import { LedgerError } from "./entry.ts"
import { unsealLines, type SealKey, type SealKeys } from "./seal.ts"

/** A data key by its id: as it opens, destroyed on purpose, or in the table and of no use. */
export interface OpenedKey {
  /** `<retention class>/<month>` */
  readonly group: string
  readonly state: SealKey | "destroyed" | "unusable"
}

/** Every data key as it stands now, so that one destroyed meanwhile does not tear its group. */
export async function openKeys(tx: Tx, sealKeys: SealKeys): Promise<ReadonlyMap<string, OpenedKey>> {
  const { rows } = await sql<{ id: string; group: string }>`select id, retention || '/' || month as "group"
    from ledger_seal_key`.execute(tx)
  const keys = new Map<string, OpenedKey>()
  for (const { id, group } of rows) keys.set(id, { group, state: await openKey(tx, sealKeys, group) })
  return keys
}

async function openKey(tx: Tx, sealKeys: SealKeys, group: string): Promise<OpenedKey["state"]> {
  try {
    return (await sealKeys.forOpening(tx, group)) ?? "destroyed"
  } catch (error) {
    if (error instanceof KeyringError || error instanceof LedgerError) return "unusable"
    throw error
  }
}

export interface OpenedPayloads {
  /** Payload lines by the index of their entry. */
  readonly lines: ReadonlyMap<number, string>
  /** Batches with payloads under a destroyed key. */
  readonly destroyed: ReadonlySet<number>
}

/** The payloads of the batches from `first` to `last`; what was altered or is missing has no line. */
export async function openBatches(
  tx: Tx,
  keys: ReadonlyMap<string, OpenedKey>,
  first: number,
  last: number,
): Promise<OpenedPayloads> {
  const { rows } = await sql<{ batch: number; seal_key: string; sealed: Uint8Array }>`
    select batch, seal_key, sealed from ledger_payload where batch between ${first} and ${last}`.execute(tx)
  const lines = new Map<number, string>()
  const destroyed = new Set<number>()
  for (const { batch, seal_key, sealed } of rows) {
    const state = keys.get(seal_key)?.state ?? "unusable"
    if (state === "destroyed") destroyed.add(batch)
    else if (state !== "unusable")
      for (const [index, line] of linesOrNone(state, batch, sealed)) lines.set(index, line)
  }
  return { lines, destroyed }
}

function linesOrNone(key: SealKey, batch: number, sealed: Uint8Array): ReadonlyMap<number, string> {
  try {
    return unsealLines(key, batch, sealed)
  } catch (error) {
    if (error instanceof LedgerError) return new Map()
    throw error
  }
}
