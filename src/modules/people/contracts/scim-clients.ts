import { z } from "zod"
import { endpoint } from "../../../contract/endpoint.ts"
import { pageOf, Paging } from "../../../contract/paging.ts"

export const SCIM_CLIENT_STATES = ["in-force", "expired", "revoked"] as const

export const ScimClientView = z.object({
  id: z.uuid(),
  name: z.string(),
  requestsPerMinute: z.number().int(),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
  state: z.enum(SCIM_CLIENT_STATES),
})
export type ScimClientView = z.infer<typeof ScimClientView>

export const listScimClients = endpoint({
  method: "GET",
  path: "/scim-clients",
  summary: "以 SCIM 介接名冊之程式及其最近使用時間",
  query: Paging,
  reply: pageOf(ScimClientView).extend({ address: z.string() }),
  refuses: ["NOT_PERMITTED"],
})

export const createScimClient = endpoint({
  method: "POST",
  path: "/scim-clients",
  summary: "建立介接權杖；token 僅於此回覆出現一次，lastDay 為臺北日期，含當日",
  body: z.strictObject({
    name: z.string().trim().min(1).max(60),
    lastDay: z.iso.date(),
    requestsPerMinute: z.int().min(1).max(6_000),
  }),
  reply: z.object({ id: z.uuid(), token: z.string() }),
  refuses: ["NOT_PERMITTED", "SCIM_CLIENT_NAME_TAKEN", "SCIM_CLIENT_EXPIRY_WRONG"],
})

export const revokeScimClient = endpoint({
  method: "POST",
  path: "/scim-clients/:id/revoke",
  summary: "廢止介接權杖",
  params: z.object({ id: z.uuid() }),
  reply: "nothing",
  refuses: ["NOT_PERMITTED", "SCIM_CLIENT_REVOKED"],
})
