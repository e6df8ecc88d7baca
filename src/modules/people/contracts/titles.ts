import type { Role } from "../../../kernel/actor.ts"
import type { UnitKind } from "../model.ts"

/** The posts as the regulation names them, on screens, in exports and in files to import. */
export const ROLE_TITLES = {
  handler: "業務單位承辦人",
  supervisor: "單位主管",
  "it-handler": "資訊室承辦人",
  "ethics-officer": "政風人員",
  director: "局長",
  "center-handler": "健康服務中心承辦人",
  "center-head": "健康服務中心主任",
  auditor: "資訊稽核小組成員",
  administrator: "系統管理者",
} as const satisfies Record<Role, string>

export const UNIT_KIND_TITLES = {
  agency: "機關",
  business: "業務單位",
  "it-office": "資訊室",
  "ethics-office": "政風室",
  "health-center": "健康服務中心",
} as const satisfies Record<UnitKind, string>

/** Columns of the units' export, by which a file to import is known. */
export const UNIT_COLUMNS = {
  code: "單位代碼",
  name: "單位名稱",
  kind: "單位類別",
  parent: "上級單位代碼",
} as const

/** Columns of the roster that a file of people has too. */
export const PERSON_COLUMNS = {
  unit: "單位代碼",
  name: "姓名",
  title: "職稱",
  roles: "職務",
  staffNumber: "員工編號",
  email: "電子郵件",
} as const
