import type { Tx } from "../../../platform/db/tx.ts"
import type { Context } from "../../../runtime/index.ts"
import type { ChangeId, PersonnelChange } from "../model.ts"
import { answerableFor, standingsOf } from "../office-store.ts"
import type { Around } from "../rules/hand-over.ts"
import { lockChange } from "../store.ts"

/** Every command about one change names it. */
export interface AboutChange {
  readonly change: ChangeId
}

/** The change, locked, with who answers for the unit and how far each office has been told. */
export async function loadLocked(
  tx: Tx,
  { change: id }: AboutChange,
  context: Context,
): Promise<Around | null> {
  const change = await lockChange(tx, id)
  return change === null ? null : loadAround(tx, change, context)
}

export async function loadAround(
  tx: Tx,
  change: PersonnelChange,
  { now, pack }: Pick<Context, "now" | "pack">,
): Promise<Around> {
  return {
    change,
    answerable: await answerableFor(tx, change.unit, {
      leaver: change.person,
      headRole: pack.movers.noticeFrom.value,
      now,
    }),
    standing: await standingsOf(tx, change),
  }
}
