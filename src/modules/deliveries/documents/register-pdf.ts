import { fileURLToPath } from "node:url"
import { rocDate, rocDateTime } from "../../../kernel/roc-date.ts"
import { printOrigin } from "../../../platform/documents/origin.ts"
import { qrSvg } from "../../../platform/documents/qr-code.ts"
import { renderPdf, type PdfRenderer } from "../../../platform/documents/typst.ts"
import { COLUMN_WORDS, count, moment, printRow } from "./printed-row.ts"
import type { CheckpointPage, NoticeForm, RegisterBook, RegisterForm } from "./shapes.ts"

type Render = PdfRenderer["render"]

/** 登記簿 of a unit and ROC year, A4 landscape, ten columns of 5-5c in order (F-1). @throws as renderPdf */
export async function registerPdf(book: RegisterBook, render: Render = renderPdf): Promise<Uint8Array> {
  return render(template("register.typ"), {
    ...(await printOrigin(book)),
    unit: book.unit,
    title: `${book.rocYear}年度戶役政資料檔案登記簿`,
    closed:
      book.closedOn === null ? null : `本簿於${rocDate(book.closedOn)}封簿，共 ${book.rows.length} 筆。`,
    columns: COLUMN_WORDS,
    rows: book.rows.map(printRow),
  })
}

/** 登記表: one entry, A4 portrait, label and value in the official order (F-1). @throws as renderPdf */
export async function registerFormPdf(form: RegisterForm, render: Render = renderPdf): Promise<Uint8Array> {
  return render(template("form.typ"), {
    ...(await printOrigin(form)),
    unit: form.unit,
    columns: COLUMN_WORDS,
    row: printRow(form.row),
  })
}

/** 通知單 of 6-1a or 6-1c, A4 portrait, with a box for the receiver's signature. @throws as renderPdf */
export async function noticePdf(notice: NoticeForm, render: Render = renderPdf): Promise<Uint8Array> {
  return render(template("notice.typ"), {
    ...(await printOrigin(notice)),
    kind: notice.kind,
    number: notice.number,
    from: notice.from,
    to: notice.to,
    fields: [
      ["案由", notice.subject],
      ["提供機關", notice.provider],
      ["依據公文文號", notice.documentNumber],
      ["提供機關通知時間", moment(notice.noticedAt)],
      ["通知筆數", count(notice.declaredRecords)],
      ...(notice.kind === "6-1c"
        ? [
            ["下載完成時間", moment(notice.downloadedAt)],
            ["下載筆數", count(notice.countedRecords)],
          ]
        : []),
      ["備註", notice.note],
    ],
  })
}

/** 軌跡簽章點 with the signed note as text and as a QR code, A4 portrait. @throws as renderPdf */
export async function checkpointPdf(page: CheckpointPage, render: Render = renderPdf): Promise<Uint8Array> {
  return render(template("checkpoint.typ"), {
    ...(await printOrigin(page)),
    logOrigin: page.logOrigin,
    treeSize: count(page.treeSize),
    rootHash: page.rootHash,
    signedAt: rocDateTime(page.signedAt),
    signedNote: page.signedNote,
    noteQr: await qrSvg(page.signedNote),
    verifierKey: page.verifierKey,
    holder: page.holder,
  })
}

function template(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}
