import { parseArgs } from "node:util"
import { KeyringError } from "../../platform/crypto/keyring.ts"
import { MigrationError } from "../../platform/db/migrate.ts"
import { StartError } from "../../platform/start-error.ts"
import { RECORD_TYPES, retentionOf, type RecordType } from "../../regulation/packs/schema.ts"
import type { Runtime } from "../../runtime/index.ts"
import { destroyPayloads, isTermOver, payloadsIn, rotateKeys, type SealGroup } from "../keys.ts"
import { withInstallation } from "./installation.ts"
import { WRONG_USAGE } from "./subcommand.ts"

const USAGE = `用法，須先停止伺服器 (usage; stop the server first):
  hushou keys rotate                                        更換加密金鑰；中斷者再執行一次即可完成
                                                            (a new key-encryption key; run it again after an interruption)
  hushou keys destroy --class CLASS --month YYYY-MM [--yes] 銷毀該類該月軌跡紀錄之內容，無法回復
                                                            (destroys the payloads of a class and month for ever)
  CLASS: ${RECORD_TYPES.join(", ")}`

const EXPECTED = [StartError, KeyringError, MigrationError]

/** Exit code 0: done; 1: not done, and why; 2: called wrongly. */
export async function run(argv: string[]): Promise<number> {
  const work = readCall(argv)
  if (work === null) {
    console.error(USAGE)
    return WRONG_USAGE
  }
  try {
    return await withInstallation(work)
  } catch (error) {
    if (!EXPECTED.some((kind) => error instanceof kind)) throw error
    console.error(`未完成 (not done): ${(error as Error).message}`)
    return 1
  }
}

function readCall(argv: string[]): ((runtime: Runtime) => Promise<number>) | null {
  const { positionals, values } = readOptions(argv)
  const [command, ...others] = positionals
  if (others.length > 0) return null
  if (command === "rotate" && Object.keys(values).length === 0) return rotate
  const { class: record, month, yes = false } = values
  const isMonth = month !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(month)
  if (command !== "destroy" || !isRecordType(record) || !isMonth) return null
  return (runtime) => destroy(runtime, { record, month }, yes)
}

interface Options {
  readonly class?: string
  readonly month?: string
  readonly yes?: boolean
}

function readOptions(argv: string[]): { readonly positionals: readonly string[]; readonly values: Options } {
  const options = { class: { type: "string" }, month: { type: "string" }, yes: { type: "boolean" } } as const
  try {
    return parseArgs({ args: argv, options, allowPositionals: true })
  } catch {
    return { positionals: [], values: {} }
  }
}

function isRecordType(text: string | undefined): text is RecordType {
  return RECORD_TYPES.some((type) => type === text)
}

async function rotate(runtime: Runtime): Promise<number> {
  const { from, to, rewrapped, resumed } = await rotateKeys(runtime)
  if (resumed) console.log("接續先前中斷之更換 (went on with an interrupted rotation)")
  console.log(
    `已更換加密金鑰：${rewrapped} 把資料金鑰改由 ${to} 保護，${from} 已銷毀；請立即備份金鑰目錄 ` +
      `(${rewrapped} data keys are wrapped by the new key, the old one is destroyed; back up the key directory now)`,
  )
  return 0
}

async function destroy(runtime: Runtime, group: SealGroup, isConfirmed: boolean): Promise<number> {
  const { record, month } = group
  const term = retentionOf(runtime.pack, record)
  const count = await payloadsIn(runtime, group)
  if (count === 0) {
    console.error(`未完成：${record} ${month} 沒有未銷毀之內容 (not done: nothing left to destroy there)`)
    return 1
  }
  if (!isTermOver(runtime.pack, group, runtime.clock.now())) {
    console.error(
      `未完成：${record} 須保存 ${term.years} 年（${term.source}），${month} 之紀錄尚未屆滿 ` +
        `(not done: ${record} is kept for ${term.years} years, which are not over)`,
    )
    return 1
  }
  if (!isConfirmed) {
    const approver = runtime.pack.org.roleNames[term.approvedBy]
    console.error(
      `未完成：將永久銷毀 ${record} ${month} 共 ${count} 筆紀錄之內容。保存年限 ${term.years} 年${ANCHORS[term.anchor]}，` +
        `應經${approver}核准${term.archiveGate ? "，並依檔案法辦理" : ""}。確認者加上 --yes ` +
        `(not done: this would destroy ${count} payloads for ever; add --yes to confirm)`,
    )
    return 1
  }
  await destroyPayloads(runtime, group)
  console.log(
    `已銷毀 ${record} ${month} 共 ${count} 筆紀錄之內容，軌跡紀錄仍可驗證 (destroyed ${count} payloads; the ledger still verifies)`,
  )
  return 0
}

/** From when the years of a record type run. */
const ANCHORS = {
  "row-closed": "自結案起算",
  "period-end": "自統計期間屆滿起算",
  recorded: "自登載起算",
} as const
