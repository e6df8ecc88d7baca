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

export const createAccount = endpoint({
  method: "POST",
  path: "/accounts",
  summary: "新增帳號；回傳設定密碼的一次性連結",
  body: z.strictObject({ person: z.uuid(), loginName }),
  reply: z.object({ id: z.uuid(), link: z.string() }),
  refuses: ["NOT_PERMITTED", "LOGIN_NAME_TAKEN"],
})
