import type { Tx } from "../../../platform/db/tx.ts"
import type { CorrectionView, RegisterRow, StampView, VoidView } from "../documents/shapes.ts"
import type { Delivery } from "../model.ts"
import type { Columns, RegisterEntry, Stamp } from "../register.ts"
import { readDeliveryRow, readProjectRow } from "../store.ts"
import { lateFacts, readVersions } from "./register.ts"

/** One row of the register as paper shows it. */
export async function printedRow(tx: Tx, entry: RegisterEntry): Promise<RegisterRow> {
  const delivery = await readDeliveryRow(tx, entry.delivery)
  const { linkage } = await readProjectRow(tx, delivery.project)
  const versions = await readVersions(tx, entry.id)
  const { columns, stamps } = entry
  return {
    number: entry.number,
    noticedAt: columns.noticedAt,
    declaredRecords: columns.records,
    purpose: columns.purpose,
    documentNumber: columns.legalDocument,
    handler: { office: columns.handler.unitName, title: columns.handler.title, name: columns.handler.name },
    obtainedBy: columns.obtainedBy,
    itStamp: stampView(stamps.it),
    comparison: entry.comparison,
    releaseStamp: stampView(stamps.responsible),
    closingStamp: stampView(stamps.closing),
    destroyedOn: null,
    provider: await providerName(tx, linkage),
    ...fileOf(delivery),
    lateEntries: lateFacts(delivery).map(({ what, happenedAt, recordedAt }) => ({
      column: what,
      happenedAt,
      enteredAt: recordedAt,
    })),
    corrections: correctionsOf(versions, entry),
    voided: await voidOf(tx, entry),
  }
}

function stampView(stamp: Stamp | undefined): StampView | null {
  if (stamp === undefined) return null
  const { unitName: office, title, name, notedOn: on, stampedAt: at, onBehalfOf } = stamp
  return { office, title, name, on, at, isDeputy: onBehalfOf !== null }
}

function fileOf(
  delivery: Delivery,
): Pick<RegisterRow, "fileName" | "sha256" | "downloadedAt" | "countedRecords"> {
  if (!("fetched" in delivery))
    return { fileName: null, sha256: null, downloadedAt: null, countedRecords: null }
  const { file, fetchedAt, count } = delivery.fetched
  return {
    fileName: file.name,
    sha256: file.sha256,
    downloadedAt: fetchedAt,
    countedRecords: count.counted ? count.records : null,
  }
}

const LABELS = {
  records: "資料筆數",
  purpose: "使用目的",
  legalDocument: "依據公文文號",
  obtainedBy: "業務單位承辦人取得資料方式",
} as const satisfies Partial<Record<keyof Columns, string>>

/** 更正: versions whose columns differ from the one before and that carry a reason. */
function correctionsOf(
  versions: Awaited<ReturnType<typeof readVersions>>,
  entry: RegisterEntry,
): CorrectionView[] {
  const confirmedBy = [entry.stamps.it, entry.stamps.responsible].flatMap((stamp) =>
    stamp === undefined ? [] : [stamp.name],
  )
  return versions.flatMap((version, index) => {
    const before = versions[index - 1]
    if (before === undefined || version.reason === null) return []
    return (Object.keys(LABELS) as (keyof typeof LABELS)[])
      .filter((name) => before.columns[name] !== version.columns[name])
      .map((name) => ({
        column: LABELS[name],
        before: String(before.columns[name]),
        after: String(version.columns[name]),
        reason: version.reason ?? "",
        by: version.changedBy,
        at: version.changedAt,
        confirmedBy,
      }))
  })
}

async function voidOf(tx: Tx, { id, voided }: RegisterEntry): Promise<VoidView | null> {
  if (voided === null) return null
  const last = (await readVersions(tx, id)).at(-1)
  return { reason: voided.reason, by: last?.changedBy ?? "", at: voided.at }
}

export async function providerName(tx: Tx, linkage: string): Promise<string> {
  const row = await tx
    .selectFrom("linkages_v_linkage as l")
    .innerJoin("providers_v_provider as p", "p.id", "l.provider")
    .select("p.name")
    .where("l.id", "=", linkage)
    .executeTakeFirst()
  return row?.name ?? ""
}
