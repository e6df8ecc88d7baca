import { z } from "zod"
import { endpoint } from "../../contract/endpoint.ts"
import { pageOf, Paging } from "../../contract/paging.ts"
import { ROLES } from "../../kernel/actor.ts"
import { MOVER_KINDS } from "../../regulation/packs/people-parts.ts"
import { OFFICES } from "./model.ts"
import { ChangeDetail, ChangeLine } from "./views.ts"

export { ITEM_KINDS, KIND_NAMES } from "./model.ts"
export { ChangeDetail, ChangeLine } from "./views.ts"

const byId = z.object({ id: z.uuid() })
const ofOffice = z.object({ id: z.uuid(), office: z.enum(OFFICES) })
const ofItem = z.object({ id: z.uuid(), item: z.uuid() })
const day = z.iso.date()
const instant = z.iso.datetime({ precision: 3 })

/** Of whom the reader may record a change of post. */
export const readMoverOptions = endpoint({
  method: "GET",
  path: "/personnel-changes/options",
  summary: "得登錄職務異動之單位及異動種類",
  reply: z.object({
    kinds: z.array(z.enum(MOVER_KINDS)),
    units: z.array(z.object({ id: z.uuid(), name: z.string(), begins: z.array(z.enum(ROLES)) })),
    isAdministrator: z.boolean(),
  }),
  refuses: [],
})

export const listChanges = endpoint({
  method: "GET",
  path: "/personnel-changes",
  summary: "職務異動，最新登錄者在前",
  query: Paging.extend({ closed: z.stringbool().default(false) }),
  reply: pageOf(ChangeLine),
  refuses: [],
})

export const readChange = endpoint({
  method: "GET",
  path: "/personnel-changes/:id",
  summary: "職務異動：知會、移交清冊及歷程",
  params: byId,
  reply: ChangeDetail,
  refuses: ["NOT_FOUND"],
})

const Post = z.strictObject({ unit: z.uuid(), role: z.enum(ROLES) })
const Order = z.strictObject({
  kind: z.enum(MOVER_KINDS),
  effectiveOn: day,
  receivedOn: day.nullable(),
  successor: z.uuid().nullable(),
})

export const startChange = endpoint({
  method: "POST",
  path: "/personnel-changes",
  summary: "登錄職務異動；生效日零時權限終止，已過者即時終止並列為補登（第五點第（四）款）",
  body: Order.extend({
    person: z.uuid(),
    /** `all`: every post of the person. */
    end: z.union([z.literal("all"), z.array(Post).min(1).max(10)]),
    begin: z.array(Post).max(10),
  }),
  reply: z.object({ changes: z.array(z.uuid()) }),
  refuses: [
    "NOT_FOUND",
    "NOT_PERMITTED",
    "CHANGE_KIND_UNKNOWN",
    "SUCCESSOR_IS_THE_SAME",
    "ORDER_DATES_WRONG",
    "POSTS_CHANGE_AHEAD",
    "POST_NOT_HELD",
    "POST_HELD_ALREADY",
    "VENDOR_PERSON",
    "LAST_ADMINISTRATOR",
    "POSTS_NOT_BY_ONESELF",
    "ROLE_NOT_OF_UNIT",
    "POSTS_EXCLUDE_EACH_OTHER",
    "UNIT_ENDED",
  ],
})

export const completeChange = endpoint({
  method: "POST",
  path: "/personnel-changes/:id/complete",
  summary: "補登派令資料或另指定接任人員",
  params: byId,
  body: Order,
  reply: "nothing",
  refuses: [
    "NOT_FOUND",
    "CHANGE_BY_UNIT_HEAD",
    "CHANGE_CLOSED",
    "CHANGE_KIND_UNKNOWN",
    "SUCCESSOR_IS_THE_SAME",
    "ORDER_DATES_WRONG",
  ],
})

export const giveNotice = endpoint({
  method: "POST",
  path: "/personnel-changes/:id/notices/:office",
  summary: "以電子郵件或書面知會資訊室、政風室（第五點第（四）款）；各別為之",
  params: ofOffice,
  body: z.strictObject({
    happenedAt: instant,
    channel: z.union([
      z.strictObject({ kind: z.literal("mail") }),
      z.strictObject({
        kind: z.literal("paper"),
        number: z.string().trim().min(1).max(100),
        date: day,
        receiver: z.uuid(),
        scan: z.uuid(),
      }),
    ]),
  }),
  reply: "nothing",
  refuses: [
    "NOT_FOUND",
    "CHANGE_BY_UNIT_HEAD",
    "CHANGE_CLOSED",
    "OFFICE_TOLD_BY_LETTER",
    "NOTICE_ALREADY_GIVEN",
    "OFFICE_EMPTY",
    "PAPER_RECEIVER_WRONG",
    "SCAN_UNKNOWN",
    "SCAN_USED",
    "PAPER_NOTICE_IN_FUTURE",
    "EVENT_IN_FUTURE",
    "EVENT_OUT_OF_ORDER",
  ],
})

export const recordLetter = endpoint({
  method: "POST",
  path: "/personnel-changes/:id/letters/:office",
  summary: "登錄通知提供機關之公文",
  params: ofOffice,
  body: z.strictObject({ number: z.string().trim().max(100), date: day }),
  reply: "nothing",
  refuses: [
    "NOT_FOUND",
    "CHANGE_BY_UNIT_HEAD",
    "CHANGE_CLOSED",
    "OFFICE_TOLD_BY_NOTICE",
    "NOTICE_ALREADY_GIVEN",
    "LETTER_INCOMPLETE",
    "PAPER_NOTICE_IN_FUTURE",
  ],
})

export const acceptItem = endpoint({
  method: "POST",
  path: "/personnel-changes/:id/items/:item/accept",
  summary: "點收移交事項",
  params: ofItem,
  body: z.strictObject({}),
  reply: "nothing",
  refuses: [
    "NOT_FOUND",
    "CHANGE_NOT_IN_FORCE",
    "ITEM_NOT_YOURS",
    "ITEM_ACCEPTED",
    "SUCCESSOR_NOT_IN_UNIT",
    "THREE_PERSONS",
    "CUSTODIAN_IS_DEPUTY",
  ],
})

export const refuseItem = endpoint({
  method: "POST",
  path: "/personnel-changes/:id/items/:item/refuse",
  summary: "拒絕點收並載明理由",
  params: ofItem,
  body: z.strictObject({ reason: z.string().trim().max(500) }),
  reply: "nothing",
  refuses: [
    "NOT_FOUND",
    "CHANGE_NOT_IN_FORCE",
    "ITEM_NOT_YOURS",
    "ITEM_ACCEPTED",
    "ITEM_REFUSED_WITHOUT_REASON",
  ],
})

export const closeChange = endpoint({
  method: "POST",
  path: "/personnel-changes/:id/close",
  summary: "職務異動結案",
  params: byId,
  body: z.strictObject({}),
  reply: "nothing",
  refuses: [
    "NOT_FOUND",
    "CHANGE_BY_UNIT_HEAD",
    "CHANGE_CLOSED",
    "CHANGE_NOT_IN_FORCE",
    "CHANGE_INCOMPLETE",
    "IT_OFFICE_NOT_TOLD",
    "ETHICS_OFFICE_NOT_TOLD",
    "OFFICE_NOT_TOLD",
    "ITEMS_NOT_ACCEPTED",
  ],
})

export const printChangeNotice = endpoint({
  method: "GET",
  path: "/personnel-changes/:id/notices/:office/pdf",
  summary: "職務異動通知（F-9）",
  params: ofOffice,
  reply: "file",
  refuses: ["NOT_FOUND"],
})

export const printInventory = endpoint({
  method: "GET",
  path: "/personnel-changes/:id/inventory/pdf",
  summary: "移交清冊",
  params: byId,
  reply: "file",
  refuses: ["NOT_FOUND"],
})
