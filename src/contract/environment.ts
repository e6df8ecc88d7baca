import { z } from "zod"
import { endpoint } from "./endpoint.ts"

/** What a page must know before anybody signs in. */
export const readEnvironment = endpoint({
  method: "GET",
  path: "/environment",
  summary: "執行環境：是否為示範環境、機關名稱",
  access: "public",
  reply: z.object({
    demo: z.boolean(),
    agency: z.string(),
    pack: z.string(),
    /** False: mails are kept as files and count as not sent. */
    mailIsSent: z.boolean(),
    /** What a new password must be, for the hint beside its field. */
    password: z.object({ minLength: z.number(), classes: z.number(), history: z.number() }),
  }),
  refuses: [],
})

export const readHealth = endpoint({
  method: "GET",
  path: "/health",
  summary: "程式是否存活",
  access: "public",
  reply: z.object({ status: z.literal("ok") }),
  refuses: [],
})

export const readReadiness = endpoint({
  method: "GET",
  path: "/ready",
  summary: "資料庫與軌跡紀錄是否可用",
  access: "public",
  reply: z.object({ status: z.literal("ready"), ledgerSize: z.number().int() }),
  refuses: ["LEDGER_UNAVAILABLE"],
})

export const readOpenApi = endpoint({
  method: "GET",
  path: "/openapi.json",
  summary: "OpenAPI 3.1",
  access: "public",
  reply: z.looseObject({ openapi: z.string() }),
  refuses: [],
})
