import type { LinkageId, PersonId, ProjectId } from "../../../kernel/ids.ts"
import { rocYear } from "../../../kernel/roc-date.ts"
import { taipeiDate } from "../../../kernel/time.ts"
import type { Command } from "../../../runtime/index.ts"
import { linkageOf } from "../../linkages/index.ts"
import { membersOf } from "../office-store.ts"
import type { Project } from "../model.ts"
import {
  decideAppointCustodian,
  decideCreateProject,
  type NewProject,
  type ProjectLinkage,
} from "../rules/projects.ts"
import { loadProject, saveProject, takeNumber } from "../store.ts"

type NewProjectInput = Omit<NewProject, "number" | "linkage"> & { readonly linkage: LinkageId }

/** 5-5b: a data project; nothing is received outside one. */
export const createProject: Command<NewProjectInput, { linkage: ProjectLinkage; number: string }, Project> = {
  name: "create-project",
  load: async (tx, { linkage }, { now }) => ({
    linkage: await linkageOf(tx, linkage),
    number: await takeNumber(tx, "P", rocYear(taipeiDate(now))),
  }),
  decide: ({ linkage, number }, project, deciding) =>
    decideCreateProject(linkage, { ...project, number }, deciding),
  save: saveProject,
}

interface Appointment {
  readonly project: ProjectId
  readonly custodian: PersonId
  readonly deputy: PersonId
}

/** 5-5a: 設專人. */
export const appointCustodian: Command<
  Appointment,
  { project: Project; members: ReadonlySet<string> },
  Project
> = {
  name: "appoint-custodian",
  load: async (tx, input, { now }) => {
    const project = await loadProject(tx, input.project)
    return project === null ? null : { project, members: await membersOf(tx, project.unit, now) }
  },
  decide: decideAppointCustodian,
  save: saveProject,
}
