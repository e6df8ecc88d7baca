import { z } from "zod"
import { endpoint } from "../../../contract/endpoint.ts"
import { ProjectView } from "../views.ts"
import { byId, text } from "./parts.ts"

export const listProjects = endpoint({
  method: "GET",
  path: "/projects",
  summary: "專案",
  reply: z.array(ProjectView),
  refuses: [],
})

export const createProject = endpoint({
  method: "POST",
  path: "/projects",
  summary: "成立專案（第五點第（五）款）",
  body: z.strictObject({
    linkage: z.uuid(),
    name: text(100).min(1),
    purpose: text(500),
    legalDocument: text(100),
  }),
  reply: byId,
  refuses: ["NOT_PERMITTED", "PROJECT_INCOMPLETE", "MODE_NOT_ALLOWED", "LINKAGE_NOT_ACTIVE"],
})

export const appointCustodian = endpoint({
  method: "PUT",
  path: "/projects/:id/custodian",
  summary: "指定專人及其代理人",
  params: byId,
  body: z.strictObject({ custodian: z.uuid(), deputy: z.uuid() }),
  reply: "nothing",
  refuses: ["NOT_PERMITTED", "CUSTODIAN_IS_DEPUTY", "CUSTODIAN_NOT_IN_UNIT"],
})
