import { sql } from "kysely"
import type { Instant } from "../kernel/time.ts"
import type { Keyring } from "../platform/crypto/keyring.ts"
import type { Tx } from "../platform/db/tx.ts"
import { checkpointText, signNote, type NoteSigner } from "./checkpoint.ts"
import { entryText, prepare, type NewEntry, type PreparedEntry } from "./entry.ts"
import { takeTurn } from "./read.ts"
import { createSealKeys, sealLines, type SealKeys } from "./seal.ts"
import { EMPTY, extend, frontierBytes, leafHash, rootOf, type Frontier, type Hash } from "./tree.ts"

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
  const head = await takeTurn(tx)
  const batch = placed(prepared, head?.frontier ?? EMPTY)
  try {
    await insertBatch(tx, batch, await sealed(tx, ledger, batch), signed(ledger, batch))
  } catch (error) {
    ledger.sealKeys.forget()
    throw error
  }
  return prepared.map((_, i) => batch.first + i)
}

/** Entries that have their places, and the tree with them. */
interface Batch {
  readonly first: number
  readonly members: readonly Member[]
  readonly frontier: Frontier
}

interface Member {
  readonly prepared: PreparedEntry
  readonly fact: NewEntry
  readonly text: string
  readonly leaf: Hash
}

function placed(prepared: readonly PreparedEntry[], before: Frontier): Batch {
  const members = prepared.map((entry, i) => {
    const text = entryText(before.size + i, entry)
    return { prepared: entry, fact: entry.fact, text, leaf: leafHash(text) }
  })
  const leaves = members.map((member) => member.leaf)
  return { first: before.size, members, frontier: extend(before, leaves) }
}

interface SealedGroup {
  readonly key: string
  readonly bytes: Buffer
}

async function sealed(tx: Tx, ledger: Ledger, { first, members }: Batch): Promise<SealedGroup[]> {
  const groups = Map.groupBy(members.entries(), ([, { prepared }]) => prepared.sealGroup)
  const all: SealedGroup[] = []
  for (const [group, grouped] of groups) {
    const key = await ledger.sealKeys.forSealing(tx, group)
    const lines = new Map(grouped.map(([i, { prepared }]) => [first + i, prepared.payloadLine]))
    all.push({ key: key.id, bytes: sealLines(key, first, lines) })
  }
  return all
}

interface SignedHead {
  readonly root: Hash
  readonly note: string
  readonly time: Instant
}

function signed({ signer }: Ledger, { members, frontier }: Batch): SignedHead {
  const root = rootOf(frontier)
  const note = signNote(checkpointText({ origin: signer.name, size: frontier.size, root }), signer)
  const times = members.map(({ fact }) => fact.time)
  return { root, note, time: times.reduce((latest, time) => (time > latest ? time : latest)) }
}

/**
 * Writes a batch in one statement: a round trip costs more than a row. Columns travel as lines, which costs the
 * server least: no value holds a line break (`prepare` checks, and JSON escapes them).
 */
async function insertBatch(
  tx: Tx,
  { first, members, frontier }: Batch,
  groups: readonly SealedGroup[],
  { root, note, time }: SignedHead,
): Promise<void> {
  const lines = (of: (member: Member) => string) => members.map(of).join("\n")
  const leaves = Buffer.from(members.map(({ leaf }) => leaf).join(""), "hex")
  const lengths = groups.map(({ bytes }) => bytes.length)
  const ends = lengths.map((_, i) => lengths.slice(0, i + 1).reduce((sum, length) => sum + length, 0))
  await sql`with entries as (
      insert into ledger_entry (index, batch, leaf_hash, entry, time, actor, kind, about_type, about_id)
      select ${first}::bigint + n - 1, ${first}::bigint, substring(${leaves}::bytea from (n * 32 - 31)::int for 32),
        entry, time::timestamptz, actor, kind, nullif(about_type, ''), nullif(about_id, '')
      from rows from (
        string_to_table(${lines(({ text }) => text)}, E'\n'),
        string_to_table(${lines(({ fact }) => fact.time)}, E'\n'),
        string_to_table(${lines(({ fact }) => fact.actor)}, E'\n'),
        string_to_table(${lines(({ fact }) => fact.kind)}, E'\n'),
        string_to_table(${lines(({ fact }) => fact.about?.type ?? "")}, E'\n'),
        string_to_table(${lines(({ fact }) => fact.about?.id ?? "")}, E'\n')
      ) with ordinality as line (entry, time, actor, kind, about_type, about_id, n)
    ), payloads as (
      insert into ledger_payload (batch, seal_key, sealed)
      select ${first}::bigint, key, substring(${Buffer.concat(groups.map(({ bytes }) => bytes))}::bytea
        from ends - length + 1 for length)
      from unnest(${groups.map(({ key }) => key)}::uuid[], ${lengths}::int[], ${ends}::int[]) as part (key, length, ends)
    )
    insert into ledger_checkpoint (size, root, frontier, note, time)
    values (${frontier.size}, ${Buffer.from(root, "hex")}, ${frontierBytes(frontier)}, ${note}, ${time})`.execute(
    tx,
  )
}
