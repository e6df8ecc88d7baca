import { z } from "zod"
import { endpoint } from "../../../contract/endpoint.ts"
import { pageOf, Paging } from "../../../contract/paging.ts"
import { ROLES, type Role } from "../../../kernel/actor.ts"
import { AUTHORITIES } from "../../../regulation/authorities.ts"

/** Whose the roster is: all of it, or for heads what lies below them. */
export const ROSTER_READERS = [
  "administrator",
  "ethics-officer",
  "auditor",
  "director",
  "supervisor",
  "center-head",
] as const satisfies readonly Role[]

/** One person in one unit. */
export const RosterRow = z.object({
  person: z.uuid(),
  unit: z.uuid(),
  unitCode: z.string(),
  unitName: z.string(),
  name: z.string(),
  title: z.string(),
  roles: z.array(z.enum(ROLES)),
  staffNumber: z.string().nullable(),
  email: z.string(),
  /** The classes of 5-4 that these posts belong to. */
  authorities: z.array(z.enum(AUTHORITIES)),
  isVendors: z.boolean(),
})
export type RosterRow = z.infer<typeof RosterRow>

const filter = {
  /** The day whose roster it is, past or to come; today when left out. */
  on: z.iso.date().optional(),
  unit: z.uuid().optional(),
  search: z.string().trim().max(50).optional(),
}
const EXPORTS = ["pdf", "ods", "csv"] as const

export const readRoster = endpoint({
  method: "GET",
  path: "/roster",
  summary: "使用者清冊：所定之日各單位之人員、職務及第五點第（四）款權限類別",
  query: Paging.extend(filter),
  reply: pageOf(RosterRow),
  refuses: ["NOT_PERMITTED"],
})

export const exportRoster = endpoint({
  method: "GET",
  path: "/roster/export",
  summary: "使用者清冊（PDF、ODS、CSV）；匯出本身亦予紀錄",
  query: z.object({ ...filter, as: z.enum(EXPORTS) }),
  reply: "file",
  refuses: ["NOT_PERMITTED"],
})

export const exportUnits = endpoint({
  method: "GET",
  path: "/units/export",
  summary: "現有單位（ODS、CSV），可修改後再行匯入",
  query: z.object({ as: z.enum(["ods", "csv"]) }),
  reply: "file",
  refuses: ["NOT_PERMITTED"],
})
