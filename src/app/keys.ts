import { taipeiDate, type Instant } from "../kernel/time.ts"
import { countSealed, destroySealKey, rewrapSealKeys } from "../ledger/index.ts"
import { rewrapConnectors } from "../modules/providers/index.ts"
import { rotateKek } from "../platform/crypto/keyring.ts"
import { readTx } from "../platform/db/tx.ts"
import { retentionOf, type PolicyPack, type RecordType } from "../regulation/packs/schema.ts"
import { runJob, type Runtime } from "../runtime/index.ts"

/** Wraps every data key of the installation under a new key and destroys the old one. Nothing else may run on it. */
export function rotateKeys(runtime: Runtime): ReturnType<typeof rotateKek> {
  const { keyring, db, files } = runtime
  const keepers = [rewrapSealKeys(db), files.rewrap, rewrapConnectors(db)]
  return rotateKek(keyring, keepers, ({ from, to }, rewrapped) =>
    runJob(runtime, "rotate-keys", () =>
      Promise.resolve([
        {
          kind: "keys-rotated",
          duties: [],
          about: { type: "key", id: to },
          refs: { replaced: from },
          retention: "setting",
          payload: { rewrapped },
        },
      ]),
    ),
  )
}

/** The payloads of one retention class and month (`2020-11`), which one data key seals. */
export interface SealGroup {
  readonly record: RecordType
  readonly month: string
}

/** Whether every payload of the group has been kept for its years, at the least: some run from a later day. */
export function isTermOver(pack: PolicyPack, { record, month }: SealGroup, now: Instant): boolean {
  const [year = "", monthOfYear = ""] = month.split("-")
  const keptThrough = `${Number(year) + retentionOf(pack, record).years}-${monthOfYear}`
  return keptThrough < taipeiDate(now).slice(0, 7)
}

export function payloadsIn({ db }: Runtime, { record, month }: SealGroup): Promise<number> {
  return readTx(db, (tx) => countSealed(tx, record, month))
}

/** Destroys the group's data key and records that it did, in one transaction. */
export function destroyPayloads(runtime: Runtime, { record, month }: SealGroup): Promise<void> {
  return runJob(runtime, "destroy-payloads", async (tx, { now }) => {
    const entries = await countSealed(tx, record, month)
    if (!(await destroySealKey(tx, record, month, now))) return []
    return [
      {
        kind: "payloads-destroyed",
        duties: [],
        about: { type: "seal-key", id: `${record}/${month}` },
        retention: "setting",
        payload: { entries },
      },
    ]
  })
}
