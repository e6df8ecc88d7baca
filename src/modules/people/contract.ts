import { z } from "zod"
import { endpoint } from "../../contract/endpoint.ts"
import { pageOf, Paging } from "../../contract/paging.ts"
import { ROLES } from "../../kernel/actor.ts"
import { UNIT_KINDS } from "./model.ts"

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
  refuses: ["NOT_PERMITTED", "EMAIL_TAKEN", "ROLE_NOT_OF_UNIT"],
})
