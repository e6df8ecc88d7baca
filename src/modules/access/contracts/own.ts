import { z } from "zod"
import { endpoint } from "../../../contract/endpoint.ts"
import { ROLES, SESSION_STAGES } from "../../../kernel/actor.ts"

export const loginName = z.string().trim().min(1).max(60)
const password = z.string().min(1).max(200)

const PASSWORD_REFUSALS = [
  "PASSWORD_TOO_SHORT",
  "PASSWORD_TOO_SIMPLE",
  "PASSWORD_NAMES_YOU",
  "PASSWORD_TOO_COMMON",
  "PASSWORD_USED_BEFORE",
  "CHANGED_MEANWHILE",
] as const

export const Me = z.object({
  person: z.uuid(),
  name: z.string(),
  /** Until it is `full`, only the own account is reached. */
  stage: z.enum(SESSION_STAGES),
  /** The last day on which the password stands; `null` without one. */
  renewBy: z.string().nullable(),
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
  refuses: ["SIGN_IN_FAILED", "ACCESS_ENDED"],
})

export const signOut = endpoint({
  method: "POST",
  path: "/sign-out",
  summary: "登出",
  access: "signing-in",
  reply: "nothing",
  refuses: [],
})

export const whoAmI = endpoint({
  method: "GET",
  path: "/me",
  summary: "目前登入者",
  access: "signing-in",
  reply: Me,
  refuses: [],
})

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
  refuses: ["LINK_NOT_VALID", ...PASSWORD_REFUSALS],
})

export const setPassword = endpoint({
  method: "POST",
  path: "/set-password",
  summary: "以一次性連結設定密碼",
  access: "public",
  body: z.strictObject({ token: z.string().min(1).max(100), password }),
  reply: "nothing",
  refuses: ["LINK_NOT_VALID", ...PASSWORD_REFUSALS],
})

const SessionView = z.object({
  id: z.uuid(),
  isThisOne: z.boolean(),
  address: z.string(),
  agent: z.string(),
  since: z.string(),
  lastSeenAt: z.string(),
})

/** 我的帳號. Times are instants, days Taipei dates. */
export const OwnAccount = z.object({
  loginName: z.string(),
  password: z.object({ setAt: z.string().nullable(), renewBy: z.string().nullable() }),
  sessions: z.array(SessionView),
  devices: z.array(
    z.object({ agent: z.string(), address: z.string(), firstSeenAt: z.string(), lastSeenAt: z.string() }),
  ),
  /** The latest acts on the account, the newest first. */
  history: z.array(
    z.object({ at: z.string(), kind: z.string(), from: z.string().nullable(), by: z.string() }),
  ),
})
export type OwnAccount = z.infer<typeof OwnAccount>

export const readOwnAccount = endpoint({
  method: "GET",
  path: "/me/account",
  summary: "我的帳號：密碼效期、登入中之工作階段、裝置、紀錄",
  access: "signing-in",
  reply: OwnAccount,
  refuses: [],
})

export const changePassword = endpoint({
  method: "POST",
  path: "/me/password",
  summary: "更新自己之密碼；其他工作階段隨即結束",
  access: "signing-in",
  body: z.strictObject({ current: password, next: password }),
  reply: "nothing",
  refuses: ["PASSWORD_WRONG", ...PASSWORD_REFUSALS],
})

export const endSession = endpoint({
  method: "POST",
  path: "/me/sessions/:id/end",
  summary: "結束自己之另一工作階段",
  params: z.object({ id: z.uuid() }),
  body: z.strictObject({}),
  reply: "nothing",
  refuses: ["NOT_FOUND"],
})
