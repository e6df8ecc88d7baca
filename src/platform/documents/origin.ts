import { rocDateTime } from "../../kernel/roc-date.ts"
import type { Instant } from "../../kernel/time.ts"
import { qrSvg } from "./qr-code.ts"

/** Printed across the page behind the text: a demonstration is no record, a draft is not yet one. */
export type Watermark = "示範" | "草稿"

/** What the foot of every page says about where the paper comes from. */
export interface Origin {
  /** 機關, such as 臺北市政府衛生局. */
  readonly agency: string
  readonly printedAt: Instant
  readonly printedBy: string
  /** Policy pack and version, such as taipei-health 1.0.0. */
  readonly pack: string
  /** Newest ledger index the paper rests on. */
  readonly ledgerIndex: number
  /** Address of the entry on screen, drawn as a QR code. */
  readonly link: string
  readonly watermark: Watermark | null
}

/** The fields that `foot` and `watermark` of every template read. */
export async function printOrigin(origin: Origin) {
  return {
    agency: origin.agency,
    watermark: origin.watermark,
    qr: await qrSvg(origin.link),
    origin: [
      `政策包 ${origin.pack}\u3000軌跡紀錄第 ${origin.ledgerIndex} 號\u3000${origin.link}`,
      `列印：${rocDateTime(origin.printedAt)}\u3000${origin.printedBy}`,
    ],
  }
}
