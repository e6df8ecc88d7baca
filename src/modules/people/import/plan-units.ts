import type { UnitId } from "../../../kernel/ids.ts"
import { refuse } from "../../../regulation/rule.ts"
import { UNIT_COLUMNS, UNIT_KIND_TITLES } from "../contracts/titles.ts"
import type { Unit } from "../model.ts"
import { decideCreateUnit } from "../rules/roster.ts"
import { decideUpdateUnit } from "../rules/units.ts"
import { Draft, fieldsThatDiffer, type Deciding, type Plan, type Roster } from "./draft.ts"
import type { UnitRow } from "./rows.ts"

const { code: _, ...WORDS } = UNIT_COLUMNS

/** Units by their code; those above come before those below, wherever they stand in the file. */
export function planUnits(roster: Roster, rows: readonly UnitRow[], deciding: Deciding): Plan {
  const draft = new Draft()
  const units = new Map(roster.units.map((unit) => [unit.code, unit]))
  let waiting = withoutTwins(draft, rows)
  for (;;) {
    const ready = waiting.filter(({ parent }) => parent === null || units.has(parent))
    if (ready.length === 0) break
    for (const row of ready) planUnit(draft, units, row, deciding)
    waiting = waiting.filter((row) => !ready.includes(row))
  }
  for (const { line, parent } of waiting)
    draft.errors.push({ line, refusal: refuse("IMPORT_UNIT_UNKNOWN", { code: parent ?? "" }) })
  return draft
}

function withoutTwins(draft: Draft, rows: readonly UnitRow[]): UnitRow[] {
  const first = new Map<string, number>()
  return rows.filter(({ code, line }) => {
    const twin = first.get(code)
    if (twin === undefined) first.set(code, line)
    else draft.errors.push({ line, refusal: refuse("IMPORT_ROW_TWICE", { line: twin }) })
    return twin === undefined
  })
}

function planUnit(draft: Draft, units: Map<string, Unit>, row: UnitRow, deciding: Deciding): void {
  const { line, code, name, kind } = row
  const before = units.get(code)
  const parent = row.parent === null ? null : (units.get(row.parent) ?? null)
  if (before !== undefined && before.kind !== kind) {
    draft.errors.push({ line, refusal: refuse("IMPORT_KIND_FIXED") })
    return
  }
  if (before !== undefined && before.name === name && before.parent === (parent?.id ?? null)) {
    draft.unchanged += 1
    return
  }
  const wordsOf = (unit: Unit) => ({
    name: unit.name,
    kind: UNIT_KIND_TITLES[unit.kind],
    parent: [...units.values()].find(({ id }) => id === unit.parent)?.code ?? null,
  })
  const after = { name, kind: UNIT_KIND_TITLES[kind], parent: row.parent }
  const fields = fieldsThatDiffer(WORDS, before === undefined ? null : wordsOf(before), after)
  const shown = { about: name, lines: [line], fields, ended: [], begun: [] }
  const next = before === undefined ? created() : updated(before)
  if (next !== null) units.set(code, next)

  function created(): Unit | null {
    const unit = { id: `new:${code}` as UnitId, code, name, kind }
    const decision = decideCreateUnit({ parent, codeTaken: false }, unit, deciding)
    const input = { ...unit, parent: parent?.id ?? null }
    return draft.take({ kind: "create-unit", input }, { kind: "create-unit", ...shown }, decision)
  }

  function updated(unit: Unit): Unit | null {
    const input = { id: unit.id, code, name, parent: parent?.id ?? null }
    const around = { unit, parent, above: withAllAbove(units, parent), codeTaken: false }
    const decision = decideUpdateUnit(around, input, deciding)
    return draft.take({ kind: "update-unit", input }, { kind: "update-unit", ...shown }, decision)
  }
}

function withAllAbove(units: ReadonlyMap<string, Unit>, lowest: Unit | null): UnitId[] {
  const byId = new Map([...units.values()].map((unit) => [unit.id, unit]))
  const above: UnitId[] = []
  for (let unit = lowest; unit !== null; unit = unit.parent === null ? null : (byId.get(unit.parent) ?? null))
    above.push(unit.id)
  return above
}
