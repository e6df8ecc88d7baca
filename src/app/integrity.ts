import {
  browseEntries,
  clockSet,
  readHead,
  rememberHead,
  verifyAggregates,
  verifyClock,
  verifyPayloads,
  verifyTables,
  witnessHead,
  type ClockReading,
  type LedgerFinding,
} from "../ledger/index.ts"
import { isAcknowledged, raiseFinding, type Subject } from "../modules/notices/index.ts"
import { plusMs } from "../kernel/time.ts"
import { elapsedMs } from "../platform/clock.ts"
import { readTx } from "../platform/db/tx.ts"
import { describeError } from "../platform/log.ts"
import { runJob, type Runtime } from "../runtime/index.ts"

export interface Integrity {
  readonly size: number
  readonly findings: readonly LedgerFinding[]
}

/** Re-computes the tree and its heads, opens every payload, and holds every table against the digests in the ledger. */
export async function checkIntegrity(runtime: Runtime): Promise<Integrity> {
  return readTx(runtime.db, async (tx) => {
    const tables = await verifyTables(tx, runtime.ledger)
    const payloads = await verifyPayloads(tx, runtime.ledger)
    const aggregates = await verifyAggregates(tx, [...runtime.aggregates.values()])
    return { size: (await readHead(tx))?.size ?? 0, findings: [...tables, ...payloads, ...aggregates] }
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
  "ledger-witness-missing": "系統外應保存之簽章點不見，無法判斷資料庫是否由備份還原",
  "ledger-payload-missing": "軌跡紀錄之內容遺失或與承諾值不符",
  "ledger-key-destroyed": "軌跡紀錄內容之金鑰遭銷毀而無銷毀紀錄",
  "ledger-key-unusable": "軌跡紀錄內容之金鑰無法使用",
  "ledger-gap": "軌跡紀錄編號不連續",
  "ledger-entry-altered": "軌跡紀錄內容與簽章不符",
  "clock-jumped": "系統時間曾倒退",
  "clock-advanced": "系統時間於執行中遭調快",
  "aggregate-changed": "資料表內容與軌跡紀錄不符，可能未經程式而遭變更",
  "aggregate-missing": "軌跡紀錄所載資料已自資料表消失",
  "aggregate-added": "資料表中有未經軌跡紀錄之資料",
}

/** What a finding is about, the same however often it is seen. */
function subjectOf(finding: LedgerFinding): Subject {
  switch (finding.kind) {
    case "aggregate-changed":
    case "aggregate-missing":
    case "aggregate-added":
      return { type: finding.aggregate, id: finding.id }
    case "ledger-head-not-extending":
      return { type: "ledger", id: `head ${finding.earlier} ${finding.root.slice(0, 16)}` }
    case "ledger-restored-from-backup":
      return { type: "ledger", id: `head ${finding.remembered} ${finding.root.slice(0, 16)}` }
    case "ledger-witness-missing":
    case "ledger-witness-unreadable":
      return { type: "ledger", id: "remembered head" }
    case "ledger-gap":
      return { type: "ledger", id: `entry ${finding.after + 1}` }
    case "ledger-payload-missing":
      return { type: "ledger", id: `payload ${finding.index}` }
    case "ledger-key-destroyed":
    case "ledger-key-unusable":
      return { type: "seal-key", id: finding.group }
    case "ledger-entry-altered":
      return { type: "ledger", id: finding.where }
    case "clock-jumped":
      return { type: "ledger", id: `entry ${finding.index}` }
    case "clock-advanced":
      return { type: "clock", id: finding.expected }
  }
}

/** What happened once and is over: acknowledged, it is not raised again. Everything else stays wrong until it is mended. */
const IS_OVER: ReadonlySet<LedgerFinding["kind"]> = new Set([
  "clock-jumped",
  "clock-advanced",
  "ledger-restored-from-backup",
  "ledger-head-not-extending",
  "ledger-witness-missing",
  "ledger-witness-unreadable",
])

/**
 * Records a finding, once while it stands open, as a fact and a to-do of 政風室 and the audit group. Gives
 * whether they acknowledged it before.
 */
async function raise(runtime: Runtime, finding: LedgerFinding): Promise<boolean> {
  const { code, zh, detail } = describeFinding(finding)
  const named = { code: code.toUpperCase().replaceAll("-", "_"), about: subjectOf(finding) }
  if (IS_OVER.has(finding.kind) && (await readTx(runtime.db, (tx) => isAcknowledged(tx, named)))) return true
  await runJob(runtime, "check-integrity", (tx, context) =>
    raiseFinding(tx, context, {
      ...named,
      duty: "internal",
      title: zh,
      link: "/ledger",
      detail: { finding: detail },
    }),
  )
  return false
}

/** Every night. */
export async function checkIntegrityNightly(runtime: Runtime): Promise<void> {
  const { size, findings } = await checkIntegrity(runtime)
  for (const finding of findings) await raise(runtime, finding)
  await runJob(runtime, "check-integrity", () =>
    Promise.resolve([
      {
        kind: CHECKED,
        duties: [],
        about: { type: "ledger", id: "integrity" },
        retention: "setting",
        payload: { size, findings: findings.length },
      },
    ]),
  )
}

/** The fact of every check, so that its absence shows. */
const CHECKED = "integrity-checked"
const CHECKED_WITHIN_HOURS = 26

/** A night without its check, whatever kept the queue from it, is made up for. */
async function makeUpForTheNight(runtime: Runtime): Promise<void> {
  const since = plusMs(runtime.clock.now(), -CHECKED_WITHIN_HOURS * 3_600_000)
  const { checked, began } = await readTx(runtime.db, async (tx) => ({
    checked: (await browseEntries(tx, { kind: CHECKED, from: since }, 1, 1)).total > 0,
    began: (await browseEntries(tx, { to: since }, 1, 1)).total > 0,
  }))
  if (began && !checked) await checkIntegrityNightly(runtime)
}

/**
 * At the start, every minute and at the end: the head must extend the one remembered beside the keys, which no
 * backup of the data restores. Once 政風室 has acknowledged that it does not, the new one is remembered.
 */
export async function checkWitness(runtime: Runtime, keysDir: string): Promise<void> {
  const finding = await witnessHead(runtime.db, runtime.ledger, keysDir)
  if (finding !== null && (await raise(runtime, finding)))
    await rememberHead(runtime.db, runtime.ledger, keysDir)
}

/** At the start, and when the clock was set back: it must not lie behind the newest entry. */
export async function checkClock(runtime: Runtime): Promise<void> {
  const finding = await readTx(runtime.db, (tx) => verifyClock(tx, runtime.clock.now()))
  if (finding !== null) await raise(runtime, finding)
}

/** Looks whether somebody sets the clock, each time it is called, against a clock that cannot be set. */
export function watchClock(runtime: Runtime, elapsed: () => number): () => Promise<void> {
  const read = (): ClockReading => ({ now: runtime.clock.now(), elapsed: elapsed() })
  let anchor = read()
  return async () => {
    const reading = read()
    const set = clockSet(anchor, reading)
    if (set === null) return
    anchor = reading
    if (set.shown < set.expected) await checkClock(runtime)
    else await raise(runtime, { kind: "clock-advanced", ...set })
  }
}

const LOOK_AT_CLOCK_EVERY_MS = 15_000
const LOOK_AT_HEAD_EVERY_MS = 60_000

/** Looks at head and clock at the start, at the clock until stopped, and at the head once more then. */
export async function startGuard(
  runtime: Runtime,
  keysDir: string,
): Promise<{ readonly stop: () => Promise<void> }> {
  const failed = (error: unknown) =>
    runtime.log.error({ err: describeError(error) }, "head and clock were not looked at")
  await checkWitness(runtime, keysDir)
  await checkClock(runtime)
  const look = watchClock(runtime, elapsedMs)
  const clock = setInterval(() => void look().catch(failed), LOOK_AT_CLOCK_EVERY_MS).unref()
  // Beside the queue's own wake: whoever writes the database could take that away.
  const minutely = async () => {
    await checkWitness(runtime, keysDir)
    await makeUpForTheNight(runtime)
  }
  const head = setInterval(() => void minutely().catch(failed), LOOK_AT_HEAD_EVERY_MS).unref()
  return {
    stop: async () => {
      clearInterval(clock)
      clearInterval(head)
      await checkWitness(runtime, keysDir).catch(failed)
    },
  }
}
