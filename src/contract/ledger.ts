import { z } from "zod"
import type { Role } from "../kernel/actor.ts"
import { endpoint } from "./endpoint.ts"
import { pageOf, Paging } from "./paging.ts"

/** 政風室, the audit group and the director; nobody who keeps the ledger reads its payloads. */
export const LEDGER_READERS = ["ethics-officer", "auditor", "director"] as const satisfies readonly Role[]

export const LedgerEntryView = z.object({
  index: z.int(),
  time: z.string(),
  actor: z.string(),
  actorName: z.string(),
  kind: z.string(),
  duties: z.array(z.string()),
  pack: z.string(),
  about: z.object({ type: z.string(), id: z.string() }).nullable(),
})
export type LedgerEntryView = z.infer<typeof LedgerEntryView>

export const browseLedger = endpoint({
  method: "GET",
  path: "/ledger",
  summary: "軌跡紀錄：瀏覽、篩選；閱覽本身亦予紀錄",
  query: Paging.extend({
    kind: z.string().max(64).optional(),
    aboutType: z.string().max(64).optional(),
    aboutId: z.string().max(64).optional(),
    from: z.iso.datetime({ precision: 3 }).optional(),
    to: z.iso.datetime({ precision: 3 }).optional(),
  }),
  reply: pageOf(LedgerEntryView),
  refuses: ["NOT_PERMITTED"],
})

export const readLedgerEntry = endpoint({
  method: "GET",
  path: "/ledger/:index",
  summary: "單筆軌跡紀錄及其納入證明",
  params: z.object({ index: z.coerce.number().int().min(0) }),
  reply: z.object({
    entry: LedgerEntryView,
    /** The entry as the tree holds it. */
    canonical: z.string(),
    payload: z.object({ state: z.enum(["open", "destroyed"]), text: z.string().nullable() }),
    proof: z.string(),
  }),
  refuses: ["NOT_PERMITTED", "NOT_FOUND"],
})

export const readCheckpoint = endpoint({
  method: "GET",
  path: "/ledger/checkpoint",
  summary: "最新軌跡簽章點及驗證鑰",
  reply: z.object({ note: z.string(), size: z.int(), time: z.string(), verifierKey: z.string() }),
  refuses: ["NOT_PERMITTED", "NOT_FOUND"],
})

export const printCheckpoint = endpoint({
  method: "GET",
  path: "/ledger/checkpoint/print",
  summary: "軌跡簽章點（PDF，附 QR 碼）",
  reply: "file",
  refuses: ["NOT_PERMITTED", "NOT_FOUND"],
})

export const verifyLedger = endpoint({
  method: "POST",
  path: "/ledger/verify",
  summary: "重新計算軌跡紀錄並與各資料表核對",
  reply: z.object({
    size: z.int(),
    findings: z.array(z.object({ code: z.string(), zh: z.string(), detail: z.string() })),
  }),
  refuses: ["NOT_PERMITTED"],
})
