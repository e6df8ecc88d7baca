import type { Role } from "../../kernel/actor.ts"
import type { UnitView } from "../../modules/people/contract.ts"
import type { Text } from "./language.tsx"

/** The posts, as the regulation names them. */
export const ROLE_NAMES = {
  handler: { zh: "業務單位承辦人", en: "Handler" },
  supervisor: { zh: "單位主管", en: "Supervisor" },
  "it-handler": { zh: "資訊室承辦人", en: "IT handler" },
  "ethics-officer": { zh: "政風人員", en: "Ethics officer" },
  director: { zh: "局長", en: "Director" },
  "center-handler": { zh: "健康服務中心承辦人", en: "Center handler" },
  "center-head": { zh: "健康服務中心主任", en: "Center head" },
  auditor: { zh: "資訊稽核小組成員", en: "Auditor" },
  administrator: { zh: "系統管理者", en: "Administrator" },
} as const satisfies Record<Role, Text>

export const UNIT_KIND_NAMES = {
  agency: { zh: "機關", en: "Agency" },
  business: { zh: "業務單位", en: "Business unit" },
  "it-office": { zh: "資訊室", en: "IT office" },
  "ethics-office": { zh: "政風室", en: "Ethics office" },
  "health-center": { zh: "健康服務中心", en: "Health service center" },
} as const satisfies Record<UnitView["kind"], Text>
