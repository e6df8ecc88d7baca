import { fileURLToPath } from "node:url"
import { rocDateTime } from "../../../kernel/roc-date.ts"
import { renderPdf, type PdfRenderer } from "../../../platform/documents/typst.ts"
import { printOrigin, type Origin } from "../../../platform/documents/origin.ts"
import { ITEM_KINDS, OFFICE_NAMES, type Item, type Office } from "../model.ts"
import { noticeFields, type Told } from "./words.ts"

type Render = PdfRenderer["render"]

export interface ChangeNotice {
  readonly told: Told
  readonly office: Office
  /** The last lawful day of this notice, as officials write it. */
  readonly due: string
  readonly origin: Origin
}

/** F-9 職務異動通知 to one office, A4 portrait, with a box for the receiver's signature. @throws as renderPdf */
export async function changeNoticePdf(notice: ChangeNotice, render: Render = renderPdf): Promise<Uint8Array> {
  const { told, office, due, origin } = notice
  return render(template("notice.typ"), {
    ...(await printOrigin(origin)),
    number: told.change.number,
    to: OFFICE_NAMES[office],
    from: told.unitName,
    isProvider: office === "provider",
    fields: [...noticeFields(told), ["知會期限", due]],
  })
}

export interface Inventory {
  readonly told: Told
  readonly decidedBy: (item: Item) => string
  readonly origin: Origin
}

/** 移交清冊, A4 portrait, one line for every holding. @throws as renderPdf */
export async function inventoryPdf(
  { told, decidedBy, origin }: Inventory,
  render: Render = renderPdf,
): Promise<Uint8Array> {
  return render(template("inventory.typ"), {
    ...(await printOrigin(origin)),
    number: told.change.number,
    unit: told.unitName,
    fields: noticeFields(told),
    rows: told.change.items.map((item) => [
      String(item.serial),
      ITEM_KINDS[item.kind] ?? item.kind,
      item.label,
      outcomeOf(item),
      item.decidedAt === null ? "" : `${decidedBy(item)}　${rocDateTime(item.decidedAt)}`,
    ]),
  })
}

function outcomeOf({ state, reason }: Item): string {
  if (state === "open") return "待點收"
  return state === "accepted" ? "已點收" : `未點收：${reason ?? ""}`
}

function template(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}
