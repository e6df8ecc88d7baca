import { z } from "zod"
import { endpoint } from "../../contract/endpoint.ts"
import { MODES } from "./model.ts"

const text = z.string().trim().max(200)

export const LinkageView = z.object({
  id: z.uuid(),
  provider: z.uuid(),
  providerName: z.string(),
  unit: z.uuid(),
  unitName: z.string(),
  purpose: z.string(),
  mode: z.enum(MODES),
  approvalNumber: z.string(),
  testNumber: z.string(),
  transcribed: z.boolean(),
  state: z.string(),
})
export type LinkageView = z.infer<typeof LinkageView>

export const listLinkages = endpoint({
  method: "GET",
  path: "/linkages",
  summary: "連結作業",
  reply: z.array(LinkageView),
  refuses: [],
})

export const transcribeLinkage = endpoint({
  method: "POST",
  path: "/linkages",
  summary: "轉錄已核准並通過連結測試之連結作業",
  body: z.strictObject({
    provider: z.uuid(),
    unit: z.uuid(),
    purpose: text.min(1),
    mode: z.enum(MODES),
    approvalNumber: text,
    approvedOn: z.iso.date(),
    testNumber: text,
    testedOn: z.iso.date(),
  }),
  reply: z.object({ id: z.uuid() }),
  refuses: ["NOT_PERMITTED", "PROVIDER_UNKNOWN", "LINKAGE_NOT_APPROVED", "LINKAGE_NOT_TESTED"],
})
