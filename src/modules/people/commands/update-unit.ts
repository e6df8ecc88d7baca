import type { Command } from "../../../runtime/index.ts"
import type { Unit } from "../model.ts"
import { decideUpdateUnit, type AroundUnitChange, type UnitChange } from "../rules/units.ts"
import { isUnitCodeTaken, loadUnit, lockUnits, updateUnit as saveUnit } from "../store.ts"

/** Another name, code or place in the tree. Register numbers already given keep the code they were given with. */
export const updateUnit: Command<UnitChange, AroundUnitChange, Unit> = {
  name: "update-unit",
  load: async (tx, { id, code, parent }) => {
    const above = await lockUnits(tx, parent)
    const unit = await loadUnit(tx, id)
    if (unit === null) return null
    return {
      unit,
      parent: parent === null ? null : await loadUnit(tx, parent),
      above,
      codeTaken: await isUnitCodeTaken(tx, code, id),
    }
  },
  decide: decideUpdateUnit,
  save: (tx, unit, { now }) => saveUnit(tx, unit, now),
}
