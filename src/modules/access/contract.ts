import { z } from "zod"
import { endpoint } from "../../contract/endpoint.ts"
import { loginName } from "./contracts/own.ts"

export * from "./contracts/own.ts"

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
