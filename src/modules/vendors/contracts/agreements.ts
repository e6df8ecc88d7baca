import { z } from "zod"
import { endpoint } from "../../../contract/endpoint.ts"
import type { RefusalCode } from "../../../regulation/refusals/index.ts"
import { AGREEMENT_STATES, CHECK_RESULTS, STATEMENT_KINDS, VENDOR_ROLES } from "../model.ts"

const text = (max: number) => z.string().trim().min(1).max(max)
const byId = z.object({ id: z.uuid() })
const Reason = z.strictObject({ reason: text(500) })
/** A signed document: 文號, the day it was signed, the scan kept before. */
const SignedPaper = z.strictObject({ number: text(100), signedOn: z.iso.date(), scan: z.uuid() })
const PAPER_REFUSALS = ["SIGNED_IN_FUTURE", "SIGNED_PAPER_UNKNOWN", "SIGNED_PAPER_USED"] as const

const PaperView = z.object({ number: z.string(), signedOn: z.string(), scan: z.uuid(), sha256: z.string() })
const DeedView = z.object({ name: z.string(), at: z.string() })
const ReasonedDeed = DeedView.extend({ reason: z.string() })

export const AgreementView = z.object({
  id: z.uuid(),
  state: z.enum(AGREEMENT_STATES),
  vendor: z.object({ id: z.uuid(), name: z.string(), taxId: z.string() }),
  contract: z.object({ id: z.uuid(), number: z.string(), subject: z.string(), to: z.string() }),
  unitName: z.string(),
  roles: z.array(z.enum(VENDOR_ROLES)),
  since: z.string(),
  until: z.string(),
  paper: PaperView,
  recorded: DeedView,
  confirmed: DeedView.nullable(),
  rejection: ReasonedDeed.nullable(),
  ending: ReasonedDeed.nullable(),
  extensions: z.array(
    z.object({
      until: z.string(),
      paper: PaperView,
      recorded: DeedView,
      confirmed: DeedView.nullable(),
      rejection: ReasonedDeed.nullable(),
    }),
  ),
  staff: z.array(
    z.object({
      person: z.uuid(),
      name: z.string(),
      title: z.string(),
      pledge: PaperView,
      added: DeedView,
      removal: ReasonedDeed.nullable(),
    }),
  ),
  checks: z.array(
    z.object({
      id: z.uuid(),
      checkedOn: z.string(),
      result: z.enum(CHECK_RESULTS),
      remarks: z.string(),
      recorded: DeedView,
    }),
  ),
  nextCheck: z.object({ deadline: z.uuid(), due: z.string() }).nullable(),
  statement: z.object({ kind: z.enum(STATEMENT_KINDS), paper: PaperView, recorded: DeedView }).nullable(),
  owesStatement: z.boolean(),
  /** The vendor's people who could be taken on. */
  candidates: z.array(z.object({ id: z.uuid(), name: z.string(), title: z.string() })),
  allowed: z.array(z.string()),
  timeline: z.array(z.object({ index: z.int(), time: z.string(), kind: z.string(), actor: z.string() })),
})
export type AgreementView = z.infer<typeof AgreementView>

export const recordAgreement = endpoint({
  method: "POST",
  path: "/vendor-agreements",
  summary: "登錄使用單位與廠商簽訂之保密措施；from、to 為臺北日期，含迄日",
  body: z.strictObject({
    contract: z.uuid(),
    roles: z.array(z.enum(VENDOR_ROLES)).max(VENDOR_ROLES.length),
    from: z.iso.date(),
    to: z.iso.date(),
    paper: SignedPaper,
  }),
  reply: z.object({ id: z.uuid() }),
  refuses: [
    ...(["NOT_FOUND", "NOT_PERMITTED", "AGREEMENT_SCOPE_WRONG", "AGREEMENT_PERIOD_WRONG"] as const),
    ...PAPER_REFUSALS,
  ],
})

export const readAgreement = endpoint({
  method: "GET",
  path: "/vendor-agreements/:id",
  summary: "保密措施：效期、範圍、人員、查核、切結",
  params: byId,
  reply: AgreementView,
  refuses: ["NOT_FOUND"],
})

export const openAgreementPaper = endpoint({
  method: "GET",
  path: "/vendor-agreements/:id/papers/:scan",
  summary: "簽署文件之掃描檔",
  params: byId.extend({ scan: z.uuid() }),
  reply: "file",
  refuses: ["NOT_FOUND"],
})

/** Something done to one agreement. */
function act<Body extends z.ZodType>(
  path: string,
  summary: string,
  body: Body,
  refuses: readonly RefusalCode[] = [],
) {
  return endpoint({
    method: "POST",
    path: `/vendor-agreements/:id/${path}`,
    summary,
    params: byId,
    body,
    reply: "nothing",
    refuses: ["NOT_FOUND", "NOT_PERMITTED", "NOT_IN_THIS_STATE", ...refuses],
  })
}

const IN_FORCE = ["AGREEMENT_BY_ANOTHER", "AGREEMENT_OVER", "MAIN_AGREEMENT_MISSING"] as const
const Nothing = z.strictObject({})

export const confirmAgreement = act("confirm", "使用單位主管確認保密措施，自起日生效", Nothing, IN_FORCE)
export const rejectAgreement = act("reject", "退回保密措施", Reason)
export const endAgreement = act("end", "提前終止保密措施；廠商人員之職務即時終止", Reason)

export const recordExtension = act(
  "extensions",
  "登錄保密措施展延",
  z.strictObject({ to: z.iso.date(), paper: SignedPaper }),
  ["AGREEMENT_PERIOD_WRONG", ...PAPER_REFUSALS],
)
export const confirmExtension = act("extensions/confirm", "使用單位主管確認展延", Nothing, IN_FORCE)
export const rejectExtension = act("extensions/reject", "退回展延", Reason)

export const addVendorPersonToAgreement = act(
  "people",
  "列入廠商人員，附其保密切結書",
  z.strictObject({ person: z.uuid(), pledge: SignedPaper }),
  ["VENDOR_PERSON_WRONG", "VENDOR_PERSON_SERVES", ...PAPER_REFUSALS],
)
export const takePersonOff = act(
  "people/remove",
  "移除廠商人員；其職務即時終止",
  z.strictObject({ person: z.uuid(), reason: text(500) }),
  ["VENDOR_PERSON_ABSENT"],
)

export const recordCheck = act(
  "checks",
  "登錄定期查核",
  z.strictObject({
    checkedOn: z.iso.date(),
    result: z.enum(CHECK_RESULTS),
    remarks: z.string().trim().max(1000),
  }),
  ["CHECK_DATE_WRONG"],
)
export const recordStatement = act(
  "statement",
  "登錄返還或刪除切結",
  z.strictObject({ kind: z.enum(STATEMENT_KINDS), paper: SignedPaper }),
  [...PAPER_REFUSALS],
)
