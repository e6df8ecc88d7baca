import type { PersonId, ProjectId } from "../../../../kernel/ids.ts"
import type { Command } from "../../../../runtime/index.ts"
import type { Project } from "../../model.ts"
import { decideTakeCustody, decideTakeOver, type TakeOver } from "../../rules/leaving/take-over.ts"
import { loadProject, saveProject } from "../../store.ts"
import { deliveryCommand, nothingMore, type AboutDelivery } from "../delivery-command.ts"

/** 5-4: the acting person takes a delivery over from who has left; who may is the hand-over's to say. */
export const takeOverDelivery = deliveryCommand<AboutDelivery & TakeOver, object>(
  "take-over-delivery",
  decideTakeOver,
  nothingMore,
)

/** 5-5a: the acting person becomes 專人, or their deputy, of a project in the place of who has left. */
export const takeOverCustody: Command<
  { readonly project: ProjectId; readonly from: PersonId },
  Project,
  Project
> = {
  name: "take-over-custody",
  load: (tx, { project }) => loadProject(tx, project),
  decide: decideTakeCustody,
  save: saveProject,
}
