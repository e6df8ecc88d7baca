import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { readTx, type Db } from "../../platform/db/tx.ts"
import { writeDurably } from "../../platform/files/durable.ts"
import type { Ledger } from "../append.ts"
import { checkpointText, signNote } from "../checkpoint.ts"
import { extendsHead } from "../export/prove.ts"
import { readHead } from "../read.ts"
import { EMPTY, rootOf } from "../tree.ts"
import { compareWithRemembered, type LedgerFinding } from "./findings.ts"

/** The last checkpoint seen, kept outside the database so that a restored backup shows. */
const WITNESS_FILE = "ledger.checkpoint"

/**
 * Compares the ledger with the checkpoint remembered in `dir` (which no backup of the database restores) and,
 * when it extends it, remembers the newest. A finding leaves the remembered one in place until `rememberHead`.
 */
export async function witnessHead(db: Db, ledger: Ledger, dir: string): Promise<LedgerFinding | null> {
  const remembered = await readRemembered(dir)
  const finding = await readTx(db, async (tx) => {
    const size = (await readHead(tx))?.size ?? 0
    if (remembered === null) return size === 0 ? null : ({ kind: "ledger-witness-missing", size } as const)
    return compareWithRemembered(remembered, ledger.signer, { size }, (earlier) => extendsHead(tx, earlier))
  })
  if (finding === null) await rememberHead(db, ledger, dir)
  return finding
}

/** Remembers the newest head in `dir`, whatever was there; after a finding, a person decides to go on. */
export async function rememberHead(db: Db, ledger: Ledger, dir: string): Promise<void> {
  const head = await readTx(db, readHead)
  await writeDurably(join(dir, WITNESS_FILE), head?.note ?? emptyHead(ledger))
}

async function readRemembered(dir: string): Promise<string | null> {
  try {
    return await readFile(join(dir, WITNESS_FILE), "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null
    throw error
  }
}

/** An empty ledger is remembered by a signed head too, so that a file that is emptied or taken away shows. */
function emptyHead({ signer }: Ledger): string {
  return signNote(checkpointText({ origin: signer.name, size: 0, root: rootOf(EMPTY) }), signer)
}
