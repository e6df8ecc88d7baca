import type { Role } from "../../kernel/actor.ts"
import { ROLE_TITLES, UNIT_KIND_TITLES, type UnitView } from "../../modules/people/contract.ts"
import type { Text } from "./language.tsx"

/** The posts, as the regulation names them. */
export const ROLE_NAMES = {
  handler: { zh: ROLE_TITLES.handler, en: "Handler" },
  supervisor: { zh: ROLE_TITLES.supervisor, en: "Supervisor" },
  "it-handler": { zh: ROLE_TITLES["it-handler"], en: "IT handler" },
  "ethics-officer": { zh: ROLE_TITLES["ethics-officer"], en: "Ethics officer" },
  director: { zh: ROLE_TITLES.director, en: "Director" },
  "center-handler": { zh: ROLE_TITLES["center-handler"], en: "Center handler" },
  "center-head": { zh: ROLE_TITLES["center-head"], en: "Center head" },
  auditor: { zh: ROLE_TITLES.auditor, en: "Auditor" },
  administrator: { zh: ROLE_TITLES.administrator, en: "Administrator" },
} as const satisfies Record<Role, Text>

export const UNIT_KIND_NAMES = {
  agency: { zh: UNIT_KIND_TITLES.agency, en: "Agency" },
  business: { zh: UNIT_KIND_TITLES.business, en: "Business unit" },
  "it-office": { zh: UNIT_KIND_TITLES["it-office"], en: "IT office" },
  "ethics-office": { zh: UNIT_KIND_TITLES["ethics-office"], en: "Ethics office" },
  "health-center": { zh: UNIT_KIND_TITLES["health-center"], en: "Health service center" },
} as const satisfies Record<UnitView["kind"], Text>
