import { z } from "zod"
import { endpoint } from "../../contract/endpoint.ts"
import { pageOf, Paging } from "../../contract/paging.ts"
import { ROLES } from "../../kernel/actor.ts"
import { UNIT_KINDS } from "./model.ts"

export * from "./contracts/scim-clients.ts"

const shortText = z.string().trim().min(1).max(100)

export const UnitView = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  kind: z.enum(UNIT_KINDS),
  parent: z.uuid().nullable(),
  people: z.number().int(),
})
export type UnitView = z.infer<typeof UnitView>

export const PersonView = z.object({
  id: z.uuid(),
  name: z.string(),
  title: z.string(),
  email: z.string(),
  posts: z.array(z.object({ unit: z.uuid(), unitName: z.string(), role: z.enum(ROLES) })),
})
export type PersonView = z.infer<typeof PersonView>

export const DeputyView = z.object({
  id: z.uuid(),
  unit: z.uuid(),
  unitName: z.string(),
  person: z.uuid(),
  personName: z.string(),
  deputy: z.uuid(),
  deputyName: z.string(),
  since: z.string(),
  until: z.string().nullable(),
  state: z.enum(["to-come", "in-force", "ended"]),
  /** Whether the reader may end it. */
  mayEnd: z.boolean(),
})
export type DeputyView = z.infer<typeof DeputyView>

export const listUnits = endpoint({
  method: "GET",
  path: "/units",
  summary: "機關單位",
  reply: z.array(UnitView),
  refuses: [],
})

export const createUnit = endpoint({
  method: "POST",
  path: "/units",
  summary: "新增單位",
  body: z.strictObject({
    code: shortText.max(20),
    name: shortText,
    kind: z.enum(UNIT_KINDS),
    parent: z.uuid().nullable(),
  }),
  reply: z.object({ id: z.uuid() }),
  refuses: ["NOT_PERMITTED", "UNIT_CODE_TAKEN", "UNIT_NEEDS_PARENT"],
})

export const listPeople = endpoint({
  method: "GET",
  path: "/people",
  summary: "人員",
  query: Paging.extend({ unit: z.uuid().optional(), search: z.string().trim().max(50).optional() }),
  reply: pageOf(PersonView),
  refuses: ["NOT_PERMITTED"],
})

export const createPerson = endpoint({
  method: "POST",
  path: "/people",
  summary: "新增人員",
  body: z.strictObject({
    name: shortText,
    title: shortText,
    // The outbox takes local parts of at most 64 characters (RFC 5321 §4.5.3.1.1).
    email: z
      .email()
      .max(200)
      .regex(/^[^@]{1,64}@/),
    posts: z
      .array(z.strictObject({ unit: z.uuid(), role: z.enum(ROLES) }))
      .min(1)
      .max(10),
  }),
  reply: z.object({ id: z.uuid() }),
  refuses: ["NOT_PERMITTED", "EMAIL_TAKEN", "ROLE_NOT_OF_UNIT", "POSTS_EXCLUDE_EACH_OTHER"],
})

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
  summary: "登錄職務代理人；from、to 為臺北日期，含迄日",
  body: z.strictObject({
    unit: z.uuid(),
    person: z.uuid(),
    deputy: z.uuid(),
    from: z.iso.date(),
    to: z.iso.date().nullable(),
  }),
  reply: z.object({ id: z.uuid() }),
  refuses: [
    "NOT_PERMITTED",
    "DEPUTY_IS_ANOTHER",
    "VENDOR_PERSON",
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
