import { rocDateTime } from "../../../kernel/roc-date.ts"
import type { Instant } from "../../../kernel/time.ts"
import type { Tx } from "../../../platform/db/tx.ts"
import type { CorrectionView, Officer, RegisterRow, StampView, VoidView } from "../documents/shapes.ts"
import type { Delivery, NamedPerson } from "../model.ts"
import type { Columns, RegisterEntry, Stamp } from "../register.ts"
import { readDeliveryRow, readProjectRow } from "../store.ts"
import { columnsChanged, type CorrectedColumns } from "../rules/corrections.ts"
import { comparisonNotes } from "./column-eight.ts"
import { lateFactsOf } from "./late.ts"
import { readVersions } from "./register.ts"

/** One row of the register as paper shows it. */
export async function printedRow(tx: Tx, entry: RegisterEntry, lateAfterDays: number): Promise<RegisterRow> {
  const delivery = await readDeliveryRow(tx, entry.delivery)
  const { linkage } = await readProjectRow(tx, delivery.project)
  const late = await lateFactsOf(tx, [delivery.id], lateAfterDays)
  const { columns, stamps } = entry
  return {
    number: entry.number,
    noticedAt: columns.noticedAt,
    declaredRecords: columns.records,
    purpose: columns.purpose,
    documentNumber: columns.legalDocument,
    handler: officerOf(columns.handler),
    obtainedBy: columns.obtainedBy,
    itHandler: officerOf(columns.itHandler),
    itStamp: stampView(stamps.it),
    comparison: entry.comparison && [entry.comparison, ...comparisonNotes(entry, delivery)].join("；"),
    releaseStamp: stampView(stamps.responsible),
    closingStamp: stampView(stamps.closing),
    destroyedOn: null,
    provider: await providerName(tx, linkage),
    ...fileOf(delivery),
    lateEntries: late(delivery.id).map(({ what, happenedAt, recordedAt, daysLate }) => ({
      column: what,
      happenedAt: happenedAt as Instant,
      enteredAt: recordedAt as Instant,
      daysLate,
    })),
    corrections: correctionsOf(entry),
    voided: await voidOf(tx, entry),
  }
}

function officerOf({ unitName: office, title, name }: NamedPerson): Officer {
  return { office, title, name }
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
  noticedAt: "提供機關通知時間",
  records: "資料筆數",
  purpose: "使用目的",
  legalDocument: "依據公文文號",
  handler: "業務單位承辦人",
  obtainedBy: "業務單位承辦人取得資料方式",
} as const satisfies Record<keyof CorrectedColumns, string>

/** Every column that was corrected, or waits to be, with what stood before. */
function correctionsOf({ columns, correction, corrections }: RegisterEntry): CorrectionView[] {
  const pending = correction === null ? [] : [{ ...correction, before: columns, madeAt: null }]
  return [...corrections, ...pending].flatMap(({ before, madeAt, ...said }) =>
    columnsChanged(before, said.columns).map((name) => ({
      column: LABELS[name],
      before: cellOf(before, name),
      after: cellOf(said.columns, name),
      reason: said.reason,
      by: said.proposedBy.name,
      at: said.proposedAt,
      madeAt,
      confirmations: said.confirmations.map(({ place, name: who, inPlaceOf, at }) => ({
        place: place === "it" ? ("資訊室" as const) : ("業務單位" as const),
        name: who,
        inPlaceOf,
        at,
      })),
    })),
  )
}

function cellOf(columns: Columns, name: keyof CorrectedColumns): string {
  if (name === "noticedAt") return rocDateTime(columns.noticedAt)
  if (name === "records") return columns.records.toLocaleString("en-US")
  return name === "handler" ? `${columns.handler.title} ${columns.handler.name}` : columns[name]
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
