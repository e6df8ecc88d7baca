import { sql } from "kysely"
import { readTx, type Db, type Tx } from "../../platform/db/tx.ts"
import { LedgerError } from "../entry.ts"
import {
  consistencyRanges,
  inclusionRanges,
  isConsistent,
  rootFromInclusion,
  type LeafRange,
} from "../proof.ts"
import { rangeHash, readCheckpoint, readHead } from "../read.ts"
import { leafHash, type Hash } from "../tree.ts"

/**
 * Proof that entry `index` is in the ledger's newest head, in the form of C2SP tlog-proof with the entry itself
 * as extra data. Throws LedgerError when there is no such entry or the tables do not lead to their signed head.
 */
export function proveInclusion(db: Db, index: number): Promise<string> {
  return readTx(db, async (tx) => {
    const head = await readHead(tx)
    const { rows } = await sql<{
      entry: string
    }>`select entry from ledger_entry where index = ${index}`.execute(tx)
    if (head === null || rows[0] === undefined) throw new LedgerError(`there is no entry ${index}`)
    const { entry } = rows[0]
    const proof = await hashesOf(tx, inclusionRanges(index, head.size))
    if (rootFromInclusion(index, head.size, leafHash(entry), proof) !== head.root)
      throw new LedgerError(`entry ${index} does not lead to the signed head: the tables were changed`)
    const lines = proof.map((hash) => `${Buffer.from(hash, "hex").toString("base64")}\n`).join("")
    const extra = Buffer.from(entry).toString("base64")
    return `c2sp.org/tlog-proof@v1\nextra ${extra}\nindex ${index}\n${lines}\n${head.note}`
  })
}

/** Whether the ledger of now extends the tree head `from`, by a consistency proof from the tables (RFC 6962 §2.1.2). */
export async function extendsHead(
  tx: Tx,
  from: { readonly size: number; readonly root: Hash },
): Promise<boolean> {
  const head = await readCheckpoint(tx, Number.MAX_SAFE_INTEGER)
  if (head === null || head.size < from.size) return false
  return isConsistent(from, head, await hashesOf(tx, consistencyRanges(from.size, head.size)))
}

async function hashesOf(tx: Tx, ranges: readonly LeafRange[]): Promise<Hash[]> {
  const hashes: Hash[] = []
  for (const range of ranges) hashes.push(await rangeHash(tx, range))
  return hashes
}
