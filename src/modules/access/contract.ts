import { z } from "zod"
import { endpoint } from "../../contract/endpoint.ts"
import { ROLES } from "../../kernel/actor.ts"

const loginName = z.string().trim().min(1).max(60)
const password = z.string().min(1).max(200)

export const Me = z.object({
  person: z.uuid(),
  name: z.string(),
  posts: z.array(z.object({ role: z.enum(ROLES), unit: z.uuid(), unitName: z.string() })),
})
export type Me = z.infer<typeof Me>

export const signIn = endpoint({
  method: "POST",
  path: "/sign-in",
  summary: "登入",
  access: "public",
  body: z.strictObject({ loginName, password }),
  reply: "nothing",
  refuses: ["SIGN_IN_FAILED"],
})

export const signOut = endpoint({
  method: "POST",
  path: "/sign-out",
  summary: "登出",
  reply: "nothing",
  refuses: [],
})

export const whoAmI = endpoint({ method: "GET", path: "/me", summary: "目前登入者", reply: Me, refuses: [] })

export const firstAdministrator = endpoint({
  method: "POST",
  path: "/first-administrator",
  summary: "以一次性連結建立第一位系統管理者",
  access: "public",
  body: z.strictObject({
    token: z.string().min(1).max(100),
    agencyName: z.string().trim().min(1).max(100),
    name: z.string().trim().min(1).max(100),
    title: z.string().trim().min(1).max(100),
    email: z.email().max(200),
    loginName,
    password,
  }),
  reply: "nothing",
  refuses: ["LINK_NOT_VALID", "PASSWORD_TOO_WEAK"],
})

export const setPassword = endpoint({
  method: "POST",
  path: "/set-password",
  summary: "以一次性連結設定密碼",
  access: "public",
  body: z.strictObject({ token: z.string().min(1).max(100), password }),
  reply: "nothing",
  refuses: ["LINK_NOT_VALID", "PASSWORD_TOO_WEAK"],
})

export const ACCOUNT_STATES = ["password-awaited", "in-use", "disabled"] as const

export const AccountView = z.object({
  id: z.uuid(),
  person: z.uuid(),
  loginName: z.string(),
  state: z.enum(ACCOUNT_STATES),
})
export type AccountView = z.infer<typeof AccountView>

export const listAccounts = endpoint({
  method: "GET",
  path: "/accounts",
  summary: "所列人員之帳號",
  query: z.object({
    /** Ids of persons, at most a page of them, with commas between. */
    people: z
      .string()
      .max(8_000)
      .transform((ids) => ids.split(","))
      .pipe(z.array(z.uuid()).max(200)),
  }),
  reply: z.array(AccountView),
  refuses: ["NOT_PERMITTED"],
})

const byId = z.object({ id: z.uuid() })
/** `null`: it was mailed to the person, and nobody else learns it. */
const OneTimeLink = z.object({ link: z.string().nullable() })

export const createAccount = endpoint({
  method: "POST",
  path: "/accounts",
  summary: "新增帳號；設定密碼的一次性連結寄送本人，未設定郵件伺服器者回傳",
  body: z.strictObject({ person: z.uuid(), loginName }),
  reply: OneTimeLink,
  refuses: ["NOT_PERMITTED", "NOT_FOUND", "LOGIN_NAME_TAKEN", "PERSON_HAS_ACCOUNT"],
})

export const issueLink = endpoint({
  method: "POST",
  path: "/accounts/:id/link",
  summary: "重發設定密碼的一次性連結，寄送本人，未設定郵件伺服器者回傳；先前的連結失效",
  params: byId,
  body: z.strictObject({}),
  reply: OneTimeLink,
  refuses: ["NOT_PERMITTED", "NOT_FOUND", "ACCOUNT_DISABLED"],
})

export const disableAccount = endpoint({
  method: "POST",
  path: "/accounts/:id/disable",
  summary: "停用帳號；登入中的工作階段立即結束",
  params: byId,
  body: z.strictObject({ reason: z.string().trim().min(1).max(200) }),
  reply: "nothing",
  refuses: ["NOT_PERMITTED", "NOT_FOUND", "ACCOUNT_DISABLED", "LAST_ADMINISTRATOR"],
})

export const enableAccount = endpoint({
  method: "POST",
  path: "/accounts/:id/enable",
  summary: "恢復使用帳號",
  params: byId,
  body: z.strictObject({}),
  reply: "nothing",
  refuses: ["NOT_PERMITTED", "NOT_FOUND", "NOT_IN_THIS_STATE"],
})
