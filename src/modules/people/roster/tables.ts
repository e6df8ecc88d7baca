import { AUTHORITY_TITLES } from "../../../regulation/authorities.ts"
import { rocDate } from "../../../kernel/roc-date.ts"
import type { CivilDate } from "../../../kernel/time.ts"
import type { Column, Table } from "../../../platform/documents/spreadsheet.ts"
import type { RosterRow, UnitView } from "../contract.ts"
import { PERSON_COLUMNS, ROLE_TITLES, UNIT_COLUMNS, UNIT_KIND_TITLES } from "../contracts/titles.ts"

/** 使用者清冊 for ODS and CSV; with its own columns it can be imported again. */
export function rosterTable(on: CivilDate, rows: readonly RosterRow[]): Table {
  const { unit, name, title, roles, staffNumber, email } = PERSON_COLUMNS
  return {
    name: `使用者清冊 ${rocDate(on)}`,
    columns: texts([unit, "單位名稱", name, title, roles, staffNumber, email, "權限類別", "身分"]),
    rows: rows.map((row) => [
      ...[row.unitCode, row.unitName, row.name, row.title, rolesOf(row), row.staffNumber, row.email],
      ...[authoritiesOf(row), belongingOf(row)],
    ]),
  }
}

/** The units that stand, those above first. */
export function unitsTable(units: readonly UnitView[]): Table {
  const codeOf = new Map(units.map(({ id, code }) => [id, code]))
  return {
    name: "機關單位",
    columns: texts(Object.values(UNIT_COLUMNS)),
    rows: units.map(({ code, name, kind, parent }) => [
      ...[code, name, UNIT_KIND_TITLES[kind]],
      parent === null ? null : (codeOf.get(parent) ?? null),
    ]),
  }
}

function texts(headers: readonly string[]): Column[] {
  return headers.map((header) => ({ header, kind: "text" }))
}

export function rolesOf({ roles }: Pick<RosterRow, "roles">): string {
  return roles.map((role) => ROLE_TITLES[role]).join("、")
}

/** The classes of 5-4; empty for posts that use no household data. */
export function authoritiesOf({ authorities }: Pick<RosterRow, "authorities">): string {
  return authorities.map((authority) => AUTHORITY_TITLES[authority].zh).join("、")
}

export function belongingOf({ isVendors }: Pick<RosterRow, "isVendors">): string {
  return isVendors ? "委外廠商人員" : "機關人員"
}
