import { execFile } from "node:child_process"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, expect, test } from "vitest"
import { sampleFact } from "../../../tests/support/ledger-bundle.ts"
import { freshLedger, type TestLedger } from "../../../tests/support/ledger.ts"
import { inTx } from "../../platform/db/tx.ts"

let t: TestLedger
beforeAll(async () => {
  t = await freshLedger()
  const facts = Array.from({ length: 300 }, (_, i) => sampleFact(i))
  await inTx(t.db, (tx) => t.ledger.appendInTx(tx, facts))
})
afterAll(() => t.close())

/** The command as a user runs it. */
async function hushou(...argv: string[]): Promise<string> {
  const cli = join(import.meta.dirname, "../cli.ts")
  const env = {
    ...process.env,
    DATABASE_URL: t.url,
    DATABASE_OWNER_URL: t.ownerUrl,
    HUSHOU_KEYS: join(t.dir, "keys"),
    HUSHOU_DATA: join(t.dir, "data"),
  }
  const { stdout } = await promisify(execFile)(process.execPath, [cli, "ledger", ...argv], { env })
  return stdout
}

test("export, verify and prove, as a user runs them", async () => {
  const dir = join(t.dir, "bundle")
  expect(await hushou("export", dir)).toContain("300")
  const key = (await readFile(join(dir, "log.vkey"), "utf8")).trim()
  expect(await hushou("verify", dir, "--key", key)).toContain("驗證無誤")
  const proof = join(t.dir, "entry.tlog-proof")
  await writeFile(proof, await hushou("prove", "123"))
  expect(await hushou("verify-proof", proof, "--key", key)).toContain('"index":123')
  await writeFile(proof, (await readFile(proof, "utf8")).replace("index 123", "index 122"))
  await expect(hushou("verify-proof", proof, "--key", key)).rejects.toMatchObject({ code: 1 })
  await expect(hushou("prove", "300")).rejects.toMatchObject({ code: 1 })
  await expect(hushou("export", dir)).rejects.toMatchObject({ code: 1 })
})
