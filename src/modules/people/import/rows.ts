import { z } from "zod"
import { ROLES, type Role } from "../../../kernel/actor.ts"
import { refuse } from "../../../regulation/rule.ts"
import { PERSON_COLUMNS, ROLE_TITLES, UNIT_COLUMNS, UNIT_KIND_TITLES } from "../contracts/titles.ts"
import { personWords, shortText, staffNumber } from "../contracts/words.ts"
import { UNIT_KINDS, type UnitKind } from "../model.ts"
import type { Line, LineError, ReadTable } from "./read-table.ts"

export interface UnitRow {
  readonly line: number
  readonly code: string
  readonly name: string
  readonly kind: UnitKind
  readonly parent: string | null
}

/** One person's posts in one unit. */
export interface PersonRow {
  readonly line: number
  readonly unit: string
  readonly name: string
  readonly title: string
  readonly roles: readonly Role[]
  readonly staffNumber: string | null
  readonly email: string
}

export type Rows =
  | { readonly lists: "units"; readonly rows: readonly UnitRow[]; readonly errors: readonly LineError[] }
  | { readonly lists: "people"; readonly rows: readonly PersonRow[]; readonly errors: readonly LineError[] }
  | { readonly lists: null; readonly rows: readonly []; readonly errors: readonly LineError[] }

const optional = <S extends z.ZodType>(schema: S) =>
  z.union([z.literal("").transform(() => null), schema.transform((value) => value as z.output<S> | null)])
const UnitCells = z.object({
  code: shortText.max(20),
  name: shortText,
  kind: z.string(),
  parent: optional(shortText.max(20)),
})
const PersonCells = z.object({
  ...personWords,
  unit: shortText.max(20),
  roles: z.string(),
  staffNumber: optional(staffNumber),
})

/** The lines of a file as units or people, by its header; every line that is not one is an error. */
export function readRows({ header, lines, errors }: ReadTable): Rows {
  if (errors.length > 0) return { lists: null, rows: [], errors }
  if (hasAll(header, PERSON_COLUMNS))
    return { lists: "people", ...each(lines, (line) => personRow(header, line)) }
  if (hasAll(header, UNIT_COLUMNS)) return { lists: "units", ...each(lines, (line) => unitRow(header, line)) }
  const [units, people] = [UNIT_COLUMNS, PERSON_COLUMNS].map((columns) => Object.values(columns).join("、"))
  const refusal = refuse("IMPORT_HEADER_WRONG", { units: units ?? "", people: people ?? "" })
  return { lists: null, rows: [], errors: [{ line: 1, refusal }] }
}

function hasAll(header: readonly string[], columns: Readonly<Record<string, string>>): boolean {
  return Object.values(columns).every((column) => header.includes(column))
}

function each<Row>(lines: readonly Line[], read: (line: Line) => Row | LineErrors) {
  const rows: Row[] = []
  const errors: LineError[] = []
  for (const line of lines) {
    const found = read(line)
    if (found instanceof LineErrors) errors.push(...found.errors)
    else rows.push(found)
  }
  return { rows, errors }
}

function unitRow(header: readonly string[], { line, cells }: Line): UnitRow | LineErrors {
  const read = cellsOf(UnitCells, UNIT_COLUMNS, header, { line, cells })
  if (read instanceof LineErrors) return read
  const kind = UNIT_KINDS.find((known) => UNIT_KIND_TITLES[known] === read.kind)
  if (kind === undefined) {
    const kinds = Object.values(UNIT_KIND_TITLES).join("、")
    return new LineErrors([{ line, refusal: refuse("IMPORT_KIND_UNKNOWN", { kinds }) }])
  }
  return { ...read, line, kind }
}

function personRow(header: readonly string[], { line, cells }: Line): PersonRow | LineErrors {
  const read = cellsOf(PersonCells, PERSON_COLUMNS, header, { line, cells })
  if (read instanceof LineErrors) return read
  const titles = read.roles.split(/[、,，;；]/u).map((title) => title.trim())
  const roles = ROLES.filter((role) => titles.includes(ROLE_TITLES[role]))
  if (roles.length !== new Set(titles).size) {
    const known = Object.values(ROLE_TITLES).join("、")
    return new LineErrors([{ line, refusal: refuse("IMPORT_ROLE_UNKNOWN", { roles: known }) }])
  }
  return { ...read, line, roles }
}

/** The cells under these columns as `schema` reads them, or an error for each that it does not. */
function cellsOf<S extends z.ZodObject>(
  schema: S,
  columns: Readonly<Record<keyof z.input<S> & string, string>>,
  header: readonly string[],
  { line, cells }: Line,
): z.output<S> | LineErrors {
  const named = Object.entries<string>(columns).map(([name, column]) => [
    name,
    cells[header.indexOf(column)] ?? "",
  ])
  const read = schema.safeParse(Object.fromEntries(named))
  if (read.success) return read.data
  const wrong = new Set(read.error.issues.map(({ path }) => String(path[0])))
  const errors = [...wrong].map((name) => {
    const column = (columns as Readonly<Record<string, string>>)[name] ?? name
    return { line, refusal: refuse("IMPORT_CELL_WRONG", { column }) }
  })
  return new LineErrors(errors)
}

/** What is wrong with one line, in the place of what it would have been. */
class LineErrors {
  readonly errors: readonly LineError[]
  constructor(errors: readonly LineError[]) {
    this.errors = errors
  }
}
