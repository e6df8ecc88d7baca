import type { PersonActor } from "../../../kernel/actor.ts"
import type { DeliveryId, EntryId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import { readTx, type Tx } from "../../../platform/db/tx.ts"
import { toCsv, toOds } from "../../../platform/documents/spreadsheet.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { refuse } from "../../../regulation/rule.ts"
import type { Runtime } from "../../../runtime/index.ts"
import { originOf } from "../../people/index.ts"
import { noticePdf, registerFormPdf, registerPdf } from "../documents/register-pdf.ts"
import { registerTable } from "../documents/register-table.ts"
import type { Officer, RegisterBook } from "../documents/shapes.ts"
import type { NamedPerson } from "../model.ts"
import { loadNamed } from "../office-store.ts"
import { loadEntries, loadEntry } from "../register-store.ts"
import { readDeliveryRow, readProjectRow } from "../store.ts"
import type { Reader } from "../visibility.ts"
import { mayReadDelivery } from "./detail.ts"
import { printedRow, providerName } from "./printed-row.ts"

interface Printed {
  readonly bytes: Buffer
  readonly type: string
  readonly name: string
}

const TYPES = {
  pdf: "application/pdf",
  ods: "application/vnd.oasis.opendocument.spreadsheet",
  csv: "text/csv; charset=utf-8",
} as const

/** The register of a unit and year in its official order; `null` when it is not theirs to see. */
export async function printBook(
  runtime: Runtime,
  { actor, units }: Reader,
  { unit, year, as }: { readonly unit: string; readonly year: number; readonly as: keyof typeof TYPES },
  now: Instant,
): Promise<Printed | null> {
  if (units !== null && !units.includes(unit)) return null
  const book = await readTx(runtime.db, (tx) => bookOf(tx, runtime, actor, { unit, year }, now))
  return { bytes: await render(book, as, now), type: TYPES[as], name: `${book.unit}${year}年度登記簿.${as}` }
}

async function render(book: RegisterBook, as: keyof typeof TYPES, now: Instant): Promise<Buffer> {
  if (as === "pdf") return Buffer.from(await registerPdf(book))
  const table = registerTable(book)
  return Buffer.from(as === "ods" ? await toOds(table, now) : toCsv(table))
}

async function bookOf(
  tx: Tx,
  runtime: Runtime,
  actor: PersonActor,
  { unit, year }: { readonly unit: string; readonly year: number },
  now: Instant,
): Promise<RegisterBook> {
  const { name } = await tx
    .selectFrom("people_v_unit")
    .select("name")
    .where("id", "=", unit)
    .executeTakeFirstOrThrow()
  const ids = await tx
    .selectFrom("register_entry")
    .select("id")
    .where("unit", "=", unit)
    .where("roc_year", "=", year)
    .orderBy("serial")
    .execute()
  const rows = []
  const entries = await loadEntries(
    tx,
    ids.map(({ id }) => id),
  )
  for (const entry of entries) rows.push(await printedRow(tx, entry, runtime.pack.lateEntry.afterDays.value))
  const origin = await originOf(tx, runtime, actor, { path: `/register?unit=${unit}&year=${year}`, now })
  return { ...origin, unit: name ?? "", rocYear: year, closedOn: null, rows }
}

/** 登記表 of one row (F-1); the caller has checked that it may be seen. */
export async function printEntryForm(
  runtime: Runtime,
  actor: PersonActor,
  id: EntryId,
  now: Instant,
): Promise<Uint8Array> {
  const form = await readTx(runtime.db, async (tx) => {
    const entry = await loadEntry(tx, id)
    const origin = await originOf(tx, runtime, actor, { path: `/deliveries/${entry.delivery}`, now })
    return {
      ...origin,
      unit: entry.columns.handler.unitName,
      row: await printedRow(tx, entry, runtime.pack.lateEntry.afterDays.value),
    }
  })
  return registerFormPdf(form)
}

/** The paper form of a notice (6-1a, 6-1c) before it is given, for its receiver to sign; `null` when the delivery is not theirs to see. */
export async function printNoticeForm(
  runtime: Runtime,
  reader: Reader,
  id: DeliveryId,
  kind: "6-1a" | "6-1c",
  now: Instant,
): Promise<Uint8Array | null> {
  if (!(await mayReadDelivery(runtime.db, reader, id))) return null
  const form = await readTx(runtime.db, async (tx) => {
    const delivery = await readDeliveryRow(tx, id)
    const project = await readProjectRow(tx, delivery.project)
    if (kind === "6-1c" && !("fetched" in delivery)) throw new RefusedError([refuse("NOT_DOWNLOADED")])
    const handler = officerOf(await loadNamed(tx, delivery.handler, now, delivery.unit))
    const it: Officer = { office: await itOfficeName(tx), title: "", name: "" }
    const fetched = "fetched" in delivery ? delivery.fetched : null
    const origin = await originOf(tx, runtime, reader.actor, { path: `/deliveries/${id}`, now })
    return {
      ...origin,
      kind,
      number: delivery.number,
      from: kind === "6-1a" ? handler : it,
      to: kind === "6-1a" ? it : handler,
      subject: project.name,
      provider: await providerName(tx, project.linkage),
      documentNumber: project.legalDocument,
      noticedAt: delivery.announcement.happenedAt,
      declaredRecords: delivery.announcement.declaredRecords,
      downloadedAt: fetched?.fetchedAt ?? null,
      countedRecords: fetched?.count.counted === true ? fetched.count.records : null,
      note: "",
    }
  })
  return noticePdf(form)
}

async function itOfficeName(tx: Tx): Promise<string> {
  const office = await tx
    .selectFrom("people_v_unit")
    .select("name")
    .where("kind", "=", "it-office")
    .executeTakeFirst()
  return office?.name ?? "資訊室"
}

function officerOf(named: NamedPerson | null): Officer {
  return { office: named?.unitName ?? "", title: named?.title ?? "", name: named?.name ?? "" }
}
