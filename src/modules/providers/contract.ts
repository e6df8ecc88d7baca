import { z } from "zod"
import { endpoint } from "../../contract/endpoint.ts"
import { PROVIDER_KINDS } from "./model.ts"

export * from "./contracts/outside.ts"

const text = z.string().trim().min(1).max(200)

export const ProviderView = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  kind: z.enum(PROVIDER_KINDS),
  contactEmail: z.string(),
  sftp: z
    .object({
      host: z.string(),
      port: z.number(),
      user: z.string(),
      directory: z.string(),
      hostKey: z.string(),
    })
    .nullable(),
})
export type ProviderView = z.infer<typeof ProviderView>

export const listProviders = endpoint({
  method: "GET",
  path: "/providers",
  summary: "提供機關",
  reply: z.array(ProviderView),
  refuses: [],
})

export const createProvider = endpoint({
  method: "POST",
  path: "/providers",
  summary: "新增提供機關",
  body: z.strictObject({
    code: text.max(20),
    name: text,
    kind: z.enum(PROVIDER_KINDS),
    contactEmail: z.email().max(200),
  }),
  reply: z.object({ id: z.uuid() }),
  refuses: ["NOT_PERMITTED", "PROVIDER_CODE_TAKEN"],
})

export const setConnector = endpoint({
  method: "PUT",
  path: "/providers/:id/sftp",
  summary: "登錄提供機關之 SFTP 主機及其主機金鑰",
  params: z.object({ id: z.uuid() }),
  body: z.strictObject({
    host: text,
    port: z.int().min(1).max(65_535),
    user: text,
    password: z.string().min(1).max(500),
    directory: text.default("/"),
    hostKey: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}=?$/),
  }),
  reply: "nothing",
  refuses: ["NOT_PERMITTED"],
})
