import type { Deciding, Plan, Roster } from "./draft.ts"
import { planPeople } from "./plan-people.ts"
import { planUnits } from "./plan-units.ts"
import type { Rows } from "./rows.ts"

/** What the rows would change, found by the very rules of the commands; nothing is asked of rows left out. */
export function planImport(roster: Roster, rows: Rows, deciding: Deciding): Plan {
  if (rows.lists === null) return { steps: [], changes: [], errors: rows.errors, unchanged: 0 }
  const drawn =
    rows.lists === "units" ? planUnits(roster, rows.rows, deciding) : planPeople(roster, rows.rows, deciding)
  const errors = [...rows.errors, ...drawn.errors].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
  return { ...drawn, errors }
}
