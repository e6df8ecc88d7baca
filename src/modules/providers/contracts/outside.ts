import { AUTHORITIES } from "../../../regulation/authorities.ts"
import { z } from "zod"
import { endpoint } from "../../../contract/endpoint.ts"
import { pageOf, Paging } from "../../../contract/paging.ts"
import { OUTSIDE_STATES, SIGN_IN_WAYS } from "../model.ts"

const text = z.string().trim().min(1).max(100)
const longText = z.string().trim().min(1).max(200)
const Act = z.enum(["change", "see", "request", "confirm"])

export const OutsideAccountView = z.object({
  id: z.uuid(),
  provider: z.uuid(),
  providerName: z.string(),
  system: z.string(),
  name: z.string(),
  holder: z.uuid(),
  holderName: z.string(),
  unitName: z.string(),
  class: z.enum(AUTHORITIES),
  keptBy: z.enum(SIGN_IN_WAYS),
  standsFor: z.string().nullable(),
  state: z.enum(OUTSIDE_STATES),
  /** Days on which the password was changed, when each was recorded and seen by the unit's head; the latest first. */
  changes: z.array(
    z.object({ on: z.string(), at: z.string(), scan: z.uuid().nullable(), seenAt: z.string().nullable() }),
  ),
  /** The last day on which the password may stand, and the row that explains it. */
  due: z.string().nullable(),
  deadline: z.uuid().nullable(),
  cancellation: z
    .object({
      reason: z.string(),
      since: z.string(),
      requestedOn: z.string().nullable(),
      requestRecordedAt: z.string().nullable(),
      documentNumber: z.string().nullable(),
      confirmedOn: z.string().nullable(),
      confirmationRecordedAt: z.string().nullable(),
    })
    .nullable(),
  /** What the reader may do with it now. */
  allowed: z.array(Act),
})
export type OutsideAccountView = z.infer<typeof OutsideAccountView>

export const listOutsideAccounts = endpoint({
  method: "GET",
  path: "/outside-accounts",
  summary: "外部帳號：本人、所屬單位（主管）或全部（資訊室、政風室、稽核小組、系統管理者）",
  query: Paging.extend({ cancelled: z.stringbool().default(false) }),
  reply: pageOf(OutsideAccountView),
  refuses: [],
})

export const recordOutsideAccount = endpoint({
  method: "POST",
  path: "/outside-accounts",
  summary: "登錄外部帳號；以密碼登入者 changedOn 為最近變更日期，其餘以 standsFor 載明代替之佐證",
  body: z.strictObject({
    provider: z.uuid(),
    system: text,
    name: text,
    holder: z.uuid(),
    unit: z.uuid(),
    class: z.enum(AUTHORITIES),
    keptBy: z.enum(SIGN_IN_WAYS),
    changedOn: z.iso.date().nullable(),
    standsFor: longText.nullable(),
  }),
  reply: z.object({ id: z.uuid() }),
  refuses: [
    "NOT_PERMITTED",
    "NOT_FOUND",
    "OUTSIDE_ACCOUNT_TAKEN",
    "OUTSIDE_PASSWORD_UNDATED",
    "OUTSIDE_EVIDENCE_MISSING",
    "OUTSIDE_HOLDER_NOT_OF_UNIT",
    "EVENT_IN_FUTURE",
  ],
})

const byId = z.object({ id: z.uuid() })
const refuses = ["NOT_PERMITTED", "NOT_FOUND", "NOT_IN_THIS_STATE", "EVENT_IN_FUTURE"] as const

export const recordOutsideChange = endpoint({
  method: "POST",
  path: "/outside-accounts/:id/changes",
  summary: "持有人登錄密碼變更日期，得附佐證之掃描檔",
  params: byId,
  body: z.strictObject({ on: z.iso.date(), scan: z.uuid().nullable().default(null) }),
  reply: "nothing",
  refuses: [...refuses, "OUTSIDE_DATES_DISORDERED", "SIGNED_PAPER_UNKNOWN", "SIGNED_PAPER_USED"],
})

export const seeOutsideChange = endpoint({
  method: "POST",
  path: "/outside-accounts/:id/seen",
  summary: "單位主管核閱密碼變更紀錄",
  params: byId,
  body: z.strictObject({}),
  reply: "nothing",
  refuses: ["NOT_PERMITTED", "NOT_FOUND", "NOT_IN_THIS_STATE"],
})

export const openOutsideEvidence = endpoint({
  method: "GET",
  path: "/outside-accounts/:id/evidence/:scan",
  summary: "密碼變更佐證之掃描檔",
  params: byId.extend({ scan: z.uuid() }),
  reply: "file",
  refuses: ["NOT_FOUND"],
})

export const requestOutsideCancellation = endpoint({
  method: "POST",
  path: "/outside-accounts/:id/cancellation",
  summary: "登錄已向提供機關申請註銷；已因異動應註銷者沿用原事由",
  params: byId,
  body: z.strictObject({ on: z.iso.date(), documentNumber: text, reason: longText }),
  reply: "nothing",
  refuses,
})

export const confirmOutsideCancellation = endpoint({
  method: "POST",
  path: "/outside-accounts/:id/cancellation/confirmation",
  summary: "登錄提供機關確認註銷之日期",
  params: byId,
  body: z.strictObject({ on: z.iso.date() }),
  reply: "nothing",
  refuses: [...refuses, "OUTSIDE_DATES_DISORDERED"],
})
