import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { parseArgs } from "node:util"
import type { Ledger } from "../../ledger/index.ts"
import { verifyBundle, type Verified } from "../../ledger/verify/bundle.ts"
import { VerificationFailure } from "../../ledger/verify/failure.ts"
import { verifyProof } from "../../ledger/verify/proofs.ts"
import type { Db } from "../../platform/db/tx.ts"
import { WRONG_USAGE } from "./subcommand.ts"

const USAGE = `用法 (usage):
  hushou ledger export DIR                              匯出軌跡紀錄，伺服器執行中亦可 (also while the server runs)
  hushou ledger verify DIR [--key KEY] [--since FILE]   不需資料庫，重新計算全部 (re-computes everything, without a database)
  hushou ledger prove INDEX                             印出納入證明 (prints an inclusion proof)
  hushou ledger verify-proof FILE --key KEY             驗證納入證明 (verifies an inclusion proof)`

/** Exit code 0: done or verified; 1: the first bad entry or file is named; 2: called wrongly. */
export async function run(argv: string[]): Promise<number> {
  const call = readCall(argv)
  if (call === null) {
    console.error(USAGE)
    return WRONG_USAGE
  }
  try {
    await call()
    return 0
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const what =
      error instanceof VerificationFailure ? "驗證未通過 (verification failed)" : "未完成 (not done)"
    console.error(`${what}: ${error.message}`)
    return 1
  }
}

function readCall(argv: string[]): (() => Promise<void>) | null {
  const { positionals, values } = readOptions(argv)
  const [command, subject, ...others] = positionals
  if (subject === undefined || others.length > 0) return null
  if (command === "verify") return () => verify(subject, values)
  if (command === "verify-proof" && values.key !== undefined && values.since === undefined)
    return () => checkProof(subject, values.key ?? "")
  if (Object.keys(values).length > 0) return null
  if (command === "export") return () => exportTo(subject)
  if (command === "prove" && /^\d{1,15}$/.test(subject)) return () => prove(Number(subject))
  return null
}

interface Options {
  readonly key?: string
  readonly since?: string
}

function readOptions(argv: string[]): { readonly positionals: readonly string[]; readonly values: Options } {
  const text = { type: "string" } as const
  try {
    return parseArgs({ args: argv, options: { key: text, since: text }, allowPositionals: true })
  } catch {
    return { positionals: [], values: {} }
  }
}

async function verify(dir: string, { key, since }: Options): Promise<void> {
  const older = since === undefined ? {} : { since: await readFile(since) }
  const verified = await verifyBundle(dir, { ...(key === undefined ? {} : { key }), ...older })
  for (const line of reportOf(verified, key !== undefined)) console.log(line)
}

function reportOf({ size, origin, key, since, destroyed }: Verified, isKeyGiven: boolean): string[] {
  return [
    `驗證無誤：${origin} 共 ${size} 筆 (verified: ${size} entries)`,
    ...(since === undefined
      ? []
      : [`延續先前 ${since} 筆之軌跡簽章點 (extends the older checkpoint of ${since} entries)`]),
    ...[...destroyed].map(
      ([group, count]) =>
        `內容已銷毀：${group} 共 ${count} 筆，不影響驗證 (payloads destroyed with their key: ${count})`,
    ),
    ...(isKeyGiven
      ? []
      : [
          `未指定 --key，採用檔案所附之驗證鑰 ${key}：僅證明內容前後一致，不證明來源`,
          "(without --key the bundle's own key was used: this proves consistency, not origin)",
        ]),
  ]
}

async function checkProof(file: string, key: string): Promise<void> {
  const { index, size, entry } = verifyProof(await readFile(file, "utf8"), key)
  console.log(`證明無誤：下列紀錄為 ${size} 筆中之第 ${index} 筆 (proven: entry ${index} of ${size})`)
  console.log(entry)
}

async function exportTo(dir: string): Promise<void> {
  const { exportLedger } = await import("../../ledger/index.ts")
  const { size } = await withLedger((db, ledger) => exportLedger(db, ledger, dir))
  console.log(
    `已匯出 ${size} 筆至 ${dir}，內容未加密，請妥善保管 (exported ${size} entries; payloads are in the clear)`,
  )
}

async function prove(index: number): Promise<void> {
  const { proveInclusion } = await import("../../ledger/index.ts")
  process.stdout.write(await withLedger((db) => proveInclusion(db, index)))
}

/** Opens this installation's ledger: the server's database when it runs, else one started for this command. */
async function withLedger<T>(work: (db: Db, ledger: Ledger) => Promise<T>): Promise<T> {
  const { openLedger } = await import("../../ledger/index.ts")
  const { openKeyring } = await import("../../platform/crypto/keyring.ts")
  const { createDb } = await import("../../platform/db/pool.ts")
  const keyring = await openKeyring(process.env["HUSHOU_KEYS"] ?? "keys", true)
  const { url, close } = await openDatabase()
  const db = createDb(url, { max: 2 })
  try {
    return await work(db, openLedger(keyring))
  } finally {
    await db.destroy()
    await close()
  }
}

async function openDatabase(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const given = process.env["DATABASE_URL"]
  if (given !== undefined && given !== "") return { url: given, close: () => Promise.resolve() }
  const { findRunning, startEmbedded } = await import("../../platform/db/embedded.ts")
  const dataDir = join(process.env["HUSHOU_DATA"] ?? "data", "database")
  const running = await findRunning(dataDir)
  if (running !== null) return { url: running.appUrl, close: () => Promise.resolve() }
  const started = await startEmbedded({ dataDir })
  return { url: started.appUrl, close: started.stop }
}
