import { taipeiDate } from "../../../kernel/time.ts"
import { readTx } from "../../../platform/db/tx.ts"
import { FileError, type FileStore } from "../../../platform/files/store.ts"
import { describeError } from "../../../platform/log.ts"
import { runJob, type Runtime, type Wake } from "../../../runtime/index.ts"
import { raiseFinding } from "../../notices/index.ts"
import { listKeptFiles, type KeptFile } from "./kept-files.ts"
import { isItsTurn } from "./turn.ts"

type Fault = "missing" | "altered"

const MEANING: Readonly<Record<Fault, string>> = {
  missing: "已自檔案庫消失，請由備份還原",
  altered: "無法讀取或與保存時不符，請由備份還原",
}

/** Every night: each kept file is there with its size; those whose turn it is are read whole and compared. */
export async function checkKeptFiles(runtime: Runtime): Promise<void> {
  const today = taipeiDate(runtime.clock.now())
  for (const kept of await readTx(runtime.db, listKeptFiles)) {
    const fault = await faultOf(runtime, kept, isItsTurn(kept.id, today))
    if (fault !== null) await raise(runtime, kept, fault)
  }
}

export const checkKeptFilesWake: Wake = {
  name: "check-kept-files",
  cron: "0 3 * * *",
  work: checkKeptFiles,
}

async function faultOf({ files, log }: Runtime, kept: KeptFile, isWhole: boolean): Promise<Fault | null> {
  try {
    return (await isAsKept(files, kept, isWhole)) ? null : "altered"
  } catch (error) {
    if (error instanceof FileError && GONE.has(error.code)) return "missing"
    // Whatever else keeps it from being read, a failing disk too: nobody could be given this file now.
    log.error({ file: kept.id, error: describeError(error) }, "a kept file cannot be read")
    return "altered"
  }
}

const GONE: ReadonlySet<string> = new Set(["FILE_MISSING", "FILE_DESTROYED"])

async function isAsKept(
  files: FileStore,
  { id, bytes, sha256 }: KeptFile,
  isWhole: boolean,
): Promise<boolean> {
  const found = await files.measure(id)
  if (bytes !== null && found !== bytes) return false
  if (!isWhole) return true
  const read = await files.reread(id)
  return sha256 === null || read.sha256 === sha256
}

/** Names the delivery; once while it stands open. */
function raise(runtime: Runtime, { id, what, delivery }: KeptFile, fault: Fault): Promise<void> {
  return runJob(runtime, "check-kept-files", (tx, context) =>
    raiseFinding(tx, context, {
      code: `KEPT_FILE_${fault.toUpperCase()}`,
      duty: "internal",
      about: { type: "file", id },
      title: `${delivery.number}　${what}${MEANING[fault]}`,
      link: `/deliveries/${delivery.id}`,
      detail: { file: id, delivery: delivery.id },
    }),
  )
}
