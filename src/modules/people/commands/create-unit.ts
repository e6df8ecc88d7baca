import type { UnitId } from "../../../kernel/ids.ts"
import type { Command } from "../../../runtime/index.ts"
import type { Unit } from "../model.ts"
import { decideCreateUnit, type NewUnit } from "../rules/roster.ts"
import { insertUnit, isUnitCodeTaken, loadUnit } from "../store.ts"

interface Around {
  readonly parent: Unit | null
  readonly codeTaken: boolean
}

export const createUnit: Command<NewUnit & { readonly parent: UnitId | null }, Around, Unit> = {
  name: "create-unit",
  load: async (tx, { parent, code }) => ({
    parent: parent === null ? null : await loadUnit(tx, parent),
    codeTaken: await isUnitCodeTaken(tx, code),
  }),
  decide: (around, { parent: _, ...unit }, deciding) => decideCreateUnit(around, unit, deciding),
  save: insertUnit,
}
