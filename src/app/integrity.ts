import { readHead, verifyAggregates, verifyTables, witnessHead, type LedgerFinding } from "../ledger/index.ts"
import { raiseFinding } from "../modules/notices/index.ts"
import { readTx } from "../platform/db/tx.ts"
import { runJob, type Runtime } from "../runtime/index.ts"

export interface Integrity {
  readonly size: number
  readonly findings: readonly LedgerFinding[]
}

/** Re-computes the tree and its heads, and holds every table against the digests in the ledger. */
export async function checkIntegrity(runtime: Runtime): Promise<Integrity> {
  const now = runtime.clock.now()
  return readTx(runtime.db, async (tx) => {
    const tables = await verifyTables(tx, runtime.ledger, now)
    const aggregates = await verifyAggregates(tx, [...runtime.aggregates.values()])
    return { size: (await readHead(tx))?.size ?? 0, findings: [...tables, ...aggregates] }
  })
}

/** What the finding means, for the reader; `detail` holds ids and indices only. */
export function describeFinding(finding: LedgerFinding): {
  readonly code: string
  readonly zh: string
  readonly detail: string
} {
  const { kind, ...detail } = finding
  return { code: kind, zh: MEANING[kind], detail: JSON.stringify(detail) }
}

const MEANING: Readonly<Record<LedgerFinding["kind"], string>> = {
  "ledger-head-not-extending": "目前之軌跡紀錄未延續先前簽章點，紀錄可能遭置換",
  "ledger-restored-from-backup": "軌跡紀錄筆數少於先前簽章點，資料庫可能由備份還原",
  "ledger-witness-unreadable": "系統外保存之簽章點無法讀取或不屬於本軌跡紀錄",
  "ledger-gap": "軌跡紀錄編號不連續",
  "ledger-entry-altered": "軌跡紀錄內容與簽章不符",
  "clock-jumped": "系統時間曾倒退或超前",
  "aggregate-changed": "資料表內容與軌跡紀錄不符，可能未經程式而遭變更",
  "aggregate-missing": "軌跡紀錄所載資料已自資料表消失",
  "aggregate-added": "資料表中有未經軌跡紀錄之資料",
}

/** Records findings, each once while it stands open, as facts and to-dos of 政風室 and the audit group. */
async function raise(runtime: Runtime, findings: readonly LedgerFinding[]): Promise<void> {
  for (const finding of findings) {
    const { code, zh, detail } = describeFinding(finding)
    const about =
      "aggregate" in finding
        ? { type: finding.aggregate, id: finding.id }
        : { type: "ledger", id: detail.slice(0, 180) }
    await runJob(runtime, "check-integrity", (tx, context) =>
      raiseFinding(tx, context, {
        code: code.toUpperCase().replaceAll("-", "_"),
        duty: "internal",
        about,
        title: zh,
        link: "/ledger",
        detail: { finding: detail },
      }),
    )
  }
}

/** Every night. */
export async function checkIntegrityNightly(runtime: Runtime): Promise<void> {
  await raise(runtime, (await checkIntegrity(runtime)).findings)
}

/** At the start and often: the head must extend the one remembered beside the keys, which no backup of the data restores. */
export async function checkWitness(runtime: Runtime, keysDir: string): Promise<void> {
  const finding = await witnessHead(runtime.db, runtime.ledger, keysDir)
  if (finding !== null) await raise(runtime, [finding])
}
