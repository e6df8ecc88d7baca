import { z } from "zod"
import { ROLES } from "../kernel/actor.ts"
import { PackInForce } from "../regulation/packs/schema.ts"
import { endpoint } from "./endpoint.ts"

export const SettingsView = z.object({
  version: z.string(),
  /** Where the program is reached. */
  origin: z.string(),
  /** Without a mail server mails are kept as `.eml` and count as not sent. */
  mailIsSent: z.boolean(),
  pack: PackInForce,
  /** Who is sent the ledger's checkpoint every workday, and keeps it. */
  checkpointHolders: z.array(z.object({ role: z.enum(ROLES), name: z.string(), unitName: z.string() })),
})
export type SettingsView = z.infer<typeof SettingsView>

export const readSettings = endpoint({
  method: "GET",
  path: "/settings",
  summary: "設定：現行政策參數、網址、郵件、軌跡簽章點保管人",
  reply: SettingsView,
  refuses: [],
})

export const downloadSource = endpoint({
  method: "GET",
  path: "/source",
  summary: "本程式之原始碼（AGPL-3.0 第13條）",
  access: "public",
  reply: "file",
  refuses: [],
})
