import { sql } from "kysely"
import type { Instant } from "../kernel/time.ts"
import type { Keyring } from "../platform/crypto/keyring.ts"
import type { Tx } from "../platform/db/tx.ts"
import { checkpointText, signNote, type NoteSigner } from "./checkpoint.ts"
import { entryText, LedgerError, prepare, type NewEntry, type PreparedEntry } from "./entry.ts"
import { readHead } from "./read.ts"
import { createSealKeys, sealLines, type SealKey, type SealKeys } from "./seal.ts"
import { EMPTY, extend, frontierBytes, leafHash, rootOf, type Frontier } from "./tree.ts"

/** The keys of one installation's ledger. */
export interface Ledger {
  readonly signer: NoteSigner
  readonly sealKeys: SealKeys
  /**
   * Appends facts as the last step of a command's transaction; resolves with their indices, which are
   * contiguous. They are durable when that transaction has committed. MUST NOT be called outside runtime/,
   * and nothing else may be awaited between it and the commit: it holds the one lock of all appends.
   */
  appendInTx(tx: Tx, facts: readonly NewEntry[]): Promise<readonly number[]>
}

export function openLedger(keyring: Keyring): Ledger {
  const ledger: Ledger = {
    signer: keyring.ledgerSigner(),
    sealKeys: createSealKeys(keyring),
    appendInTx: (tx, facts) => appendInTx(tx, ledger, facts),
  }
  return ledger
}

/** See `Ledger.appendInTx`. Throws LedgerError, having written nothing, when a fact cannot be an entry. */
export function appendInTx(tx: Tx, ledger: Ledger, facts: readonly NewEntry[]): Promise<readonly number[]> {
  return appendPrepared(
    tx,
    ledger,
    facts.map((fact) => prepare(fact)),
  )
}

/** Appends what is prepared already: lock, then the head in a statement of its own, then the rows. */
export async function appendPrepared(
  tx: Tx,
  ledger: Ledger,
  prepared: readonly PreparedEntry[],
): Promise<readonly number[]> {
  if (prepared.length === 0) return []
  await takeTurn(tx)
  const head = await readHead(tx)
  const frontier = head?.frontier ?? EMPTY
  const batch = placed(prepared, frontier)
  await insertEntries(tx, batch)
  await insertPayloads(tx, ledger, batch)
  await insertCheckpoint(tx, ledger, batch)
  return prepared.map((_, i) => frontier.size + i)
}

/** "hsLG": the one advisory lock of all appends to this database. */
const APPEND_LOCK = 0x68734c47

async function takeTurn(tx: Tx): Promise<void> {
  await sql`select set_config('synchronous_commit', 'on', true), pg_advisory_xact_lock(${APPEND_LOCK})`.execute(
    tx,
  )
}

/** Entries that have their places, and the tree with them. */
interface Batch {
  readonly first: number
  readonly members: readonly (PreparedEntry & { readonly text: string; readonly leaf: string })[]
  readonly frontier: Frontier
}

function placed(prepared: readonly PreparedEntry[], before: Frontier): Batch {
  const members = prepared.map((entry, i) => {
    const text = entryText(before.size + i, entry)
    return { ...entry, text, leaf: leafHash(Buffer.from(text)) }
  })
  const leaves = members.map((member) => member.leaf)
  return { first: before.size, members, frontier: extend(before, leaves) }
}

/** No value holds a line break (`prepare` checks, and JSON escapes them), so that columns travel as lines. */
async function insertEntries(tx: Tx, { first, members }: Batch): Promise<void> {
  const lines = (of: (member: Batch["members"][number]) => string) => members.map(of).join("\n")
  await sql`insert into ledger_entry (index, batch, leaf_hash, entry, time, actor, kind, about_type, about_id)
    select ${first}::bigint + n - 1, ${first}::bigint, decode(leaf, 'hex'), entry, time::timestamptz, actor, kind,
      nullif(about_type, ''), nullif(about_id, '')
    from unnest(
      string_to_array(${lines((m) => m.leaf)}, E'\n'),
      string_to_array(${lines((m) => m.text)}, E'\n'),
      string_to_array(${lines((m) => m.fact.time)}, E'\n'),
      string_to_array(${lines((m) => m.fact.actor)}, E'\n'),
      string_to_array(${lines((m) => m.fact.kind)}, E'\n'),
      string_to_array(${lines((m) => m.fact.about?.type ?? "")}, E'\n'),
      string_to_array(${lines((m) => m.fact.about?.id ?? "")}, E'\n')
    ) with ordinality as line (leaf, entry, time, actor, kind, about_type, about_id, n)`.execute(tx)
}

async function insertPayloads(tx: Tx, ledger: Ledger, { first, members }: Batch): Promise<void> {
  const groups = Map.groupBy(members.entries(), ([, member]) => member.sealGroup)
  for (const [group, grouped] of groups) {
    const key = await ledger.sealKeys.forSealing(tx, group)
    const lines = new Map(grouped.map(([i, member]) => [first + i, member.payloadLine]))
    await insertSealed(tx, ledger, first, key, sealLines(key, first, lines))
  }
}

async function insertSealed(
  tx: Tx,
  ledger: Ledger,
  batch: number,
  key: SealKey,
  sealed: Buffer,
): Promise<void> {
  try {
    await sql`insert into ledger_payload (batch, seal_key, sealed) values (${batch}, ${key.id}, ${sealed})`.execute(
      tx,
    )
  } catch (error) {
    ledger.sealKeys.forget()
    throw error
  }
}

async function insertCheckpoint(tx: Tx, { signer }: Ledger, { members, frontier }: Batch): Promise<void> {
  const root = rootOf(frontier)
  const note = signNote(checkpointText({ origin: signer.name, size: frontier.size, root }), signer)
  const time = members.reduce<Instant | "">(
    (latest, { fact }) => (fact.time > latest ? fact.time : latest),
    "",
  )
  if (time === "") throw new LedgerError("an append without entries")
  await sql`insert into ledger_checkpoint (size, root, frontier, note, time)
    values (${frontier.size}, ${Buffer.from(root, "hex")}, ${frontierBytes(frontier)}, ${note}, ${time})`.execute(
    tx,
  )
}
