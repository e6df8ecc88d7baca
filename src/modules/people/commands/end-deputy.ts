import type { DeputyId } from "../../../kernel/ids.ts"
import type { Command } from "../../../runtime/index.ts"
import type { Deputy } from "../model.ts"
import { decideEndDeputy } from "../rules/deputies.ts"
import { lockDeputy, saveDeputy } from "../store.ts"

/** Ends a deputyship now, or one to come before it begins. */
export const endDeputy: Command<{ readonly id: DeputyId }, Deputy, Deputy> = {
  name: "end-deputy",
  load: (tx, { id }) => lockDeputy(tx, id),
  decide: decideEndDeputy,
  save: saveDeputy,
}
