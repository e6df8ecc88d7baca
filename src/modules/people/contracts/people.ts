import { z } from "zod"
import { endpoint } from "../../../contract/endpoint.ts"
import { pageOf, Paging } from "../../../contract/paging.ts"
import { ROLES } from "../../../kernel/actor.ts"
import { personWords, staffNumber } from "./words.ts"

const PostView = z.object({ unit: z.uuid(), unitName: z.string(), role: z.enum(ROLES) })
const NewPosts = z
  .array(z.strictObject({ unit: z.uuid(), role: z.enum(ROLES) }))
  .min(1)
  .max(10)

export const PersonView = z.object({
  id: z.uuid(),
  name: z.string(),
  title: z.string(),
  email: z.string(),
  posts: z.array(PostView),
})
export type PersonView = z.infer<typeof PersonView>

export const listPeople = endpoint({
  method: "GET",
  path: "/people",
  summary: "人員",
  query: Paging.extend({ unit: z.uuid().optional(), search: z.string().trim().max(50).optional() }),
  reply: pageOf(PersonView),
  refuses: ["NOT_PERMITTED"],
})

export const PersonDetail = z.object({
  id: z.uuid(),
  name: z.string(),
  title: z.string(),
  email: z.string(),
  staffNumber: z.string().nullable(),
  isVendors: z.boolean(),
  /** Every post ever, the latest first. */
  posts: z.array(
    PostView.extend({
      since: z.string(),
      until: z.string().nullable(),
      state: z.enum(["to-come", "in-force", "ended"]),
    }),
  ),
  /** What the person was called, the latest first. */
  versions: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      email: z.string(),
      staffNumber: z.string().nullable(),
      since: z.string(),
    }),
  ),
  mayUpdate: z.boolean(),
  mayAddPosts: z.boolean(),
})
export type PersonDetail = z.infer<typeof PersonDetail>

export const readPerson = endpoint({
  method: "GET",
  path: "/people/:id",
  summary: "一位人員之職務歷程及登載事項之變更；本人、其主管、政風、稽核、局長及系統管理者得閱",
  params: z.object({ id: z.uuid() }),
  reply: PersonDetail,
  refuses: ["NOT_FOUND"],
})

export const createPerson = endpoint({
  method: "POST",
  path: "/people",
  summary: "新增人員",
  body: z.strictObject({
    ...personWords,
    staffNumber: staffNumber.nullable().default(null),
    posts: NewPosts,
  }),
  reply: z.object({ id: z.uuid() }),
  refuses: [
    "NOT_PERMITTED",
    "EMAIL_TAKEN",
    "STAFF_NUMBER_TAKEN",
    "ROLE_NOT_OF_UNIT",
    "POSTS_EXCLUDE_EACH_OTHER",
    "UNIT_ENDED",
  ],
})

export const updatePerson = endpoint({
  method: "PUT",
  path: "/people/:id",
  summary: "變更人員之姓名、職稱、電子郵件或員工編號",
  params: z.object({ id: z.uuid() }),
  body: z.strictObject({ ...personWords, staffNumber: staffNumber.nullable() }),
  reply: "nothing",
  refuses: ["NOT_PERMITTED", "EMAIL_TAKEN", "STAFF_NUMBER_TAKEN", "NOTHING_TO_CHANGE"],
})

export const addPosts = endpoint({
  method: "POST",
  path: "/people/:id/posts",
  summary: "增列職務，自今日或將來之日起；異動及離職另由職務異動辦理",
  params: z.object({ id: z.uuid() }),
  body: z.strictObject({ on: z.iso.date(), begin: NewPosts }),
  reply: "nothing",
  refuses: [
    "NOT_PERMITTED",
    "POSTS_NOT_BY_ONESELF",
    "VENDOR_PERSON",
    "POSTS_CHANGE_AHEAD",
    "POST_HELD_ALREADY",
    "ROLE_NOT_OF_UNIT",
    "POSTS_EXCLUDE_EACH_OTHER",
    "UNIT_ENDED",
  ],
})
