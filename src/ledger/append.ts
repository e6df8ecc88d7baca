import { hash } from "node:crypto"
import { sql } from "kysely"
import type { Keyring } from "../platform/crypto/keyring.ts"
import type { Db, Tx } from "../platform/db/tx.ts"
import { checkpointText, signNote, type NoteSigner } from "./checkpoint.ts"
import { entryText, LedgerError, prepare, type NewEntry, type PreparedEntry } from "./entry.ts"
import { takeTurn } from "./read.ts"
import { createSealKeys, sealLines, type SealKey, type SealKeys } from "./seal.ts"
import { EMPTY, extend, frontierBytes, rootOf, type Frontier, type Hash } from "./tree.ts"

const LINE_BREAK = 10
const LEAF_PREFIX = 0

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
export async function appendInTx(
  tx: Tx,
  ledger: Ledger,
  facts: readonly NewEntry[],
): Promise<readonly number[]> {
  if (facts.length === 0) return []
  const prepared = facts.map((fact) => prepare(fact))
  const { size } = await appendPrepared(tx, ledger, prepared)
  return facts.map((_, i) => size - facts.length + i)
}

/** Appends what is prepared already, after the head as it is when its turn comes. Gives the tree it leads to. */
export async function appendPrepared(
  tx: Tx,
  ledger: Ledger,
  prepared: readonly PreparedEntry[],
): Promise<Frontier> {
  const head = await takeTurn(tx)
  const groups = new Map<string, SealKey>()
  for (const { sealGroup } of prepared)
    if (!groups.has(sealGroup)) groups.set(sealGroup, await ledger.sealKeys.forSealing(tx, sealGroup))
  const batch = completed(ledger, placed(prepared, head?.frontier ?? EMPTY), groups)
  if (!(await insertBatch(tx, ledger, batch)))
    throw new LedgerError("the ledger moved on during an append; nothing was recorded")
  return batch.frontier
}

/** Places, signs and seals a batch after a tree that is believed to be the head; `null` when a data key is not at hand. */
export function batchAfter(
  ledger: Ledger,
  believed: Frontier,
  prepared: readonly PreparedEntry[],
): Batch | null {
  const groups = new Map<string, SealKey>()
  for (const { sealGroup } of prepared) {
    const key = groups.get(sealGroup) ?? ledger.sealKeys.held(sealGroup)
    if (key === undefined) return null
    groups.set(sealGroup, key)
  }
  return completed(ledger, placed(prepared, believed), groups)
}

/** Entries that have their places, and the tree with them. */
interface Placed {
  readonly first: number
  readonly members: readonly PreparedEntry[]
  /** The leaves' texts in UTF-8, a line break before each. */
  readonly texts: Buffer
  readonly leaves: readonly Hash[]
  readonly frontier: Frontier
}

/** All that one append writes. */
export interface Batch extends Placed {
  readonly head: ReturnType<typeof signedHead>
  readonly sealed: ReturnType<typeof sealedPayloads>
}

function completed(ledger: Ledger, batch: Placed, keys: ReadonlyMap<string, SealKey>): Batch {
  return { ...batch, head: signedHead(ledger, batch), sealed: sealedPayloads(batch, keys) }
}

function placed(members: readonly PreparedEntry[], before: Frontier): Placed {
  const first = before.size
  const texts = Buffer.from(members.map((member, i) => `\n${entryText(first + i, member)}`).join(""))
  const leaves = hashLines(texts)
  return { first, members, texts, leaves, frontier: extend(before, leaves) }
}

/** The leaf hash of each line; the line break before it stands in for RFC 6962's leaf prefix meanwhile. */
function hashLines(texts: Buffer): Hash[] {
  const leaves: Hash[] = []
  for (let start = 0; start < texts.length;) {
    const next = texts.indexOf(LINE_BREAK, start + 1)
    const end = next === -1 ? texts.length : next
    texts[start] = LEAF_PREFIX
    leaves.push(hash("sha256", texts.subarray(start, end)))
    texts[start] = LINE_BREAK
    start = end
  }
  return leaves
}

/**
 * Writes a batch in one statement, which alone is a transaction: a round trip costs more than a row. Gives false,
 * having written nothing, when the head is another than the batch was placed after.
 */
export async function insertBatch(db: Db, ledger: Ledger, batch: Batch): Promise<boolean> {
  const { first, members, texts, leaves, frontier } = batch
  const lines = (of: (fact: NewEntry) => string) => members.map(({ fact }) => of(fact)).join("\n")
  const { root, note, time } = batch.head
  const { ids, ends, bytes } = batch.sealed
  try {
    const { rows } = await sql<{ done: boolean }>`select ledger_append(${first},
      ${Buffer.from(leaves.join(""), "hex")}, ${texts.subarray(1)}, ${lines(({ time }) => time)},
      ${lines(({ actor }) => actor)}, ${lines(({ kind }) => kind)},
      ${lines(({ about }) => about?.type ?? "")}, ${lines(({ about }) => about?.id ?? "")},
      ${ids}::uuid[], ${ends}::int[], ${bytes},
      ${frontier.size}, ${Buffer.from(root, "hex")}, ${frontierBytes(frontier)}, ${note}, ${time}) as done`.execute(
      db,
    )
    return rows[0]?.done === true
  } catch (error) {
    ledger.sealKeys.forget()
    throw error
  }
}

function signedHead({ signer }: Ledger, { members, frontier }: Placed) {
  const root = rootOf(frontier)
  const note = signNote(checkpointText({ origin: signer.name, size: frontier.size, root }), signer)
  const times = members.map(({ fact }) => fact.time)
  return { root, note, time: times.reduce((latest, time) => (time > latest ? time : latest)) }
}

/** The batch's payloads, sealed one data key after the other, and where in `bytes` each ends. */
function sealedPayloads({ first, members }: Placed, keys: ReadonlyMap<string, SealKey>) {
  const groups = [...keys].map(([group, key]) => {
    const lines = members.flatMap(({ sealGroup, payloadLine }, i) =>
      sealGroup === group ? [[first + i, payloadLine] as const] : [],
    )
    return { id: key.id, bytes: sealLines(key, first, lines) }
  })
  let end = 0
  return {
    ids: groups.map(({ id }) => id),
    ends: groups.map(({ bytes }) => (end += bytes.length)),
    bytes: Buffer.concat(groups.map(({ bytes }) => bytes)),
  }
}
