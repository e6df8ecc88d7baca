import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openLedger, type Ledger } from "../../src/ledger/index.ts"
import { openKeyring, type Keyring } from "../../src/platform/crypto/keyring.ts"
import { createDb } from "../../src/platform/db/pool.ts"
import type { Db } from "../../src/platform/db/tx.ts"
import { freshDatabase, type TestDatabase } from "./database.ts"

/** A database and keys of one test file, and the ledger on them. */
export interface TestLedger extends TestDatabase {
  readonly ledger: Ledger
  readonly keyring: Keyring
  /** A directory of its own, removed at the end. */
  readonly dir: string
  /** Connected as the tables' owner. */
  readonly owner: Db
}

export async function freshLedger(): Promise<TestLedger> {
  const database = await freshDatabase()
  const dir = await mkdtemp(join(tmpdir(), "ledger-"))
  const keyring = await openKeyring(join(dir, "keys"))
  const owner = createDb(database.ownerUrl, { max: 2 })
  const close = async () => {
    await owner.destroy()
    await database.close()
    await rm(dir, { recursive: true })
  }
  return { ...database, ledger: openLedger(keyring), keyring, dir, owner, close }
}
