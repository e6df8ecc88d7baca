import { z } from "zod"
import { endpoint } from "../../../contract/endpoint.ts"
import { pageOf, Paging } from "../../../contract/paging.ts"
import { ROLES } from "../../../kernel/actor.ts"

export const DeputyView = z.object({
  id: z.uuid(),
  unit: z.uuid(),
  unitName: z.string(),
  person: z.uuid(),
  personName: z.string(),
  deputy: z.uuid(),
  deputyName: z.string(),
  /** For which of the represented person's roles; `null`: all. */
  roles: z.array(z.enum(ROLES)).nullable(),
  since: z.string(),
  until: z.string().nullable(),
  state: z.enum(["to-come", "in-force", "ended"]),
  /** Whether the reader may end it. */
  mayEnd: z.boolean(),
})
export type DeputyView = z.infer<typeof DeputyView>

export const listDeputies = endpoint({
  method: "GET",
  path: "/deputies",
  summary: "職務代理人；units 為目前使用者得登錄代理之單位",
  query: Paging.extend({ ended: z.stringbool().default(false) }),
  reply: pageOf(DeputyView).extend({ units: z.array(z.object({ id: z.uuid(), name: z.string() })) }),
  refuses: [],
})

export const appointDeputy = endpoint({
  method: "POST",
  path: "/deputies",
  summary: "登錄職務代理人；from、to 為臺北日期，含迄日；roles 為代理之職務，空值為全部",
  body: z.strictObject({
    unit: z.uuid(),
    person: z.uuid(),
    deputy: z.uuid(),
    from: z.iso.date(),
    to: z.iso.date().nullable(),
    roles: z.array(z.enum(ROLES)).min(1).max(5).nullable().default(null),
  }),
  reply: z.object({ id: z.uuid() }),
  refuses: [
    "NOT_PERMITTED",
    "DEPUTY_IS_ANOTHER",
    "VENDOR_PERSON",
    "DEPUTY_ROLE_NOT_HELD",
    "DEPUTY_NOT_BY_ONESELF",
    "DEPUTY_PERIOD_WRONG",
    "DEPUTY_ALREADY_STANDS",
  ],
})

export const endDeputy = endpoint({
  method: "POST",
  path: "/deputies/:id/end",
  summary: "終止職務代理",
  params: z.object({ id: z.uuid() }),
  reply: "nothing",
  refuses: ["NOT_PERMITTED", "DEPUTY_ENDED"],
})
