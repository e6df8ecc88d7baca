import type { UnitId } from "../../../kernel/ids.ts"
import type { CivilDate } from "../../../kernel/time.ts"
import type { Command } from "../../../runtime/index.ts"
import type { Unit } from "../model.ts"
import { decideEndUnit, type AroundUnitEnd } from "../rules/units.ts"
import { loadUnit, lockUnits, openPostsIn, saveUnitEnd, unitsRightBelow } from "../store.ts"

/** 裁撤: `on` is the first day on which the unit is no more. */
export const endUnit: Command<{ readonly id: UnitId; readonly on: CivilDate }, AroundUnitEnd, Unit> = {
  name: "end-unit",
  load: async (tx, { id }, { now }) => {
    await lockUnits(tx, null)
    const unit = await loadUnit(tx, id)
    if (unit === null) return null
    return {
      unit,
      posts: await openPostsIn(tx, id, now),
      below: await unitsRightBelow(tx, id),
    }
  },
  decide: decideEndUnit,
  save: saveUnitEnd,
}
