import { z } from "zod"
import { endpoint } from "../../../contract/endpoint.ts"
import { pageOf, Paging } from "../../../contract/paging.ts"
import { act, byId, Filled, instant, Reason, text } from "./parts.ts"
import { EntryVersionView, LateEntryView, RegisterRowView } from "../views.ts"

const Correction = Filled.extend({ noticedAt: instant, handler: z.uuid(), reason: text(500) })

export const fillRegister = act("register", "填具登記表（6-2a）", Filled, [
  "NOT_DOWNLOADED",
  "REGISTER_COLUMN_MISSING",
  "REGISTER_ENTRY_EXISTS",
  "CUSTODIAN_MISSING",
])
export const reviseRegister = act(
  "register/revise",
  "核章前變更登記表；原職章失效",
  Filled.extend({ itHandler: z.uuid().nullable() }),
  ["REGISTER_COLUMN_MISSING", "REGISTER_IT_HANDLER_WRONG", "REGISTER_NOT_FILLED", "ALREADY_RELEASED"],
)
export const voidEntry = act("register/void", "作廢登記表", Reason, [
  "VOID_NEEDS_REASON",
  "CANNOT_VOID_RELEASED",
])
export const stampRegister = act(
  "stamps",
  "於登記表核章（6-2b、6-2c）",
  z.strictObject({
    place: z.enum(["it", "responsible"]),
    notedOn: z.iso.date(),
    digest: z.string().length(64),
  }),
  [
    "REGISTER_NOT_FILLED",
    "IT_STAMP_BY_IT_HANDLER",
    "STAMP_BY_RESPONSIBLE_OFFICER",
    "THREE_PERSONS",
    "STAMP_EXISTS",
    "STAMP_DATE_WRONG",
    "STAMP_ORDER",
    "STAMPED_CONTENT_CHANGED",
  ],
)
export const proposeCorrection = act("corrections", "提供後之更正（第一欄至第六欄）", Correction, [
  "CORRECTION_NEEDS_REASON",
  "CORRECTION_CHANGES_NOTHING",
  "REGISTER_COLUMN_MISSING",
  "REGISTER_HANDLER_WRONG",
  "EVENT_IN_FUTURE",
  "EVENT_OUT_OF_ORDER",
  "CORRECTION_UNCONFIRMED",
  "NOT_RELEASED",
])
export const confirmCorrection = act(
  "corrections/confirm",
  "核章人確認更正；核章人已離任者，由其他依法得核章之人代為確認",
  z.strictObject({}),
  ["CORRECTION_IS_OWN", "CORRECTION_CONFIRMED"],
)
export const withdrawCorrection = act("corrections/withdraw", "提出人撤回更正", z.strictObject({}), [
  "CORRECTION_BY_ANOTHER",
])
export const rejectCorrection = act("corrections/reject", "核章人退回更正", Reason, [
  "CORRECTION_IS_OWN",
  "CORRECTION_NEEDS_REASON",
])

export const readRegister = endpoint({
  method: "GET",
  path: "/register",
  summary: "登記簿",
  query: Paging.extend({
    unit: z.uuid(),
    year: z.coerce.number().int().min(1).max(999),
    late: z.stringbool().optional(),
  }),
  reply: pageOf(RegisterRowView),
  refuses: ["NOT_PERMITTED"],
})
export const readRegisterBooks = endpoint({
  method: "GET",
  path: "/register/books",
  summary: "各單位各年度登記簿",
  reply: z.array(z.object({ unit: z.uuid(), unitName: z.string(), year: z.int(), rows: z.int() })),
  refuses: [],
})
export const listLateEntries = endpoint({
  method: "GET",
  path: "/late-entries",
  summary: "補登：登錄日晚於事實發生日逾所定日數者",
  query: Paging,
  reply: pageOf(LateEntryView).extend({ afterDays: z.int() }),
  refuses: [],
})
export const readEntryVersions = endpoint({
  method: "GET",
  path: "/register/:id/versions",
  summary: "登記表歷次內容",
  params: byId,
  reply: z.array(EntryVersionView),
  refuses: ["NOT_FOUND"],
})
export const printRegister = endpoint({
  method: "GET",
  path: "/register/print",
  summary: "登記簿（PDF、ODS、CSV）",
  query: z.object({
    unit: z.uuid(),
    year: z.coerce.number().int().min(1).max(999),
    as: z.enum(["pdf", "ods", "csv"]),
  }),
  reply: "file",
  refuses: ["NOT_PERMITTED"],
})
export const printEntry = endpoint({
  method: "GET",
  path: "/register/:id/print",
  summary: "登記表（PDF）",
  params: byId,
  reply: "file",
  refuses: ["NOT_FOUND"],
})
export const printNotice = endpoint({
  method: "GET",
  path: "/deliveries/:id/notice-form",
  summary: "書面通知單（PDF），供親送簽收",
  params: byId,
  query: z.object({ duty: z.enum(["6-1a", "6-1c"]) }),
  reply: "file",
  refuses: ["NOT_FOUND", "NOT_DOWNLOADED"],
})
