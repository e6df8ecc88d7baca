import { holds, type Actor } from "../../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Decision, type Fact } from "../../../kernel/decision.ts"
import type { PersonId, UnitId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import type { Project } from "../model.ts"

interface Deciding {
  readonly actor: Actor
  readonly now: Instant
}

export interface ProjectLinkage {
  readonly unit: UnitId
  readonly mode: "online" | "file" | "media"
  readonly state: string
}

export const unitsOwnHandlers = rule("internal", (actor: Actor, unit: UnitId) =>
  (["handler", "supervisor", "center-handler", "center-head"] as const).some((role) =>
    holds(actor, role, unit),
  )
    ? null
    : refuse("NOT_PERMITTED"),
)

export const projectIsComplete = rule(
  "5-5b",
  ({ purpose, legalDocument }: Pick<Project, "purpose" | "legalDocument">) => {
    if (purpose.trim() === "") return refuse("PROJECT_INCOMPLETE", { field: "使用目的" })
    return legalDocument.trim() === "" ? refuse("PROJECT_INCOMPLETE", { field: "依據公文文號" }) : null
  },
)

export const linkageCarriesFiles = rule("4-2c", (linkage: ProjectLinkage) =>
  linkage.mode === "online" ? refuse("MODE_NOT_ALLOWED", { mode: "線上查詢" }) : null,
)

export const linkageIsOfUnit = rule("4-2c", (linkage: ProjectLinkage) =>
  linkage.state === "active" ? null : refuse("LINKAGE_NOT_ACTIVE"),
)

export type NewProject = Pick<Project, "id" | "number" | "linkage" | "name" | "purpose" | "legalDocument">

/** 5-5b: 專案管理. The project belongs to the unit of its linkage. */
export function decideCreateProject(
  linkage: ProjectLinkage,
  project: NewProject,
  { actor, now }: Deciding,
): Decision<Project> {
  const { unit } = linkage
  const broken = gather(
    unitsOwnHandlers(actor, unit),
    projectIsComplete(project),
    linkageCarriesFiles(linkage),
    linkageIsOfUnit(linkage),
  )
  return decideUnless(broken, () => {
    const next: Project = {
      ...project,
      unit,
      custodian: null,
      custodianDeputy: null,
      custodianSince: null,
      version: 1,
      createdAt: now,
    }
    const { number, purpose, legalDocument } = next
    return accepted(next, projectFact("project-created", "5-5b", next, { number, purpose, legalDocument }))
  })
}

export const unitHeadAppoints = rule("5-5a", (actor: Actor, unit: UnitId) =>
  holds(actor, "supervisor", unit) || holds(actor, "center-head", unit) ? null : refuse("NOT_PERMITTED"),
)

export const custodianIsAnother = rule("internal", (custodian: PersonId, deputy: PersonId) =>
  custodian === deputy ? refuse("CUSTODIAN_IS_DEPUTY") : null,
)

export const custodiansAreOfUnit = rule(
  "5-5a",
  (members: ReadonlySet<string>, chosen: readonly PersonId[]) =>
    chosen.every((person) => members.has(person)) ? null : refuse("CUSTODIAN_NOT_IN_UNIT"),
)

/** 5-5a: 設專人, with a deputy, by the head of the unit. */
export function decideAppointCustodian(
  around: { readonly project: Project; readonly members: ReadonlySet<string> },
  { custodian, deputy }: { readonly custodian: PersonId; readonly deputy: PersonId },
  { actor, now }: Deciding,
): Decision<Project> {
  const { project, members } = around
  const broken = gather(
    unitHeadAppoints(actor, project.unit),
    custodianIsAnother(custodian, deputy),
    custodiansAreOfUnit(members, [custodian, deputy]),
  )
  return decideUnless(broken, () => {
    const next: Project = {
      ...project,
      custodian,
      custodianDeputy: deputy,
      custodianSince: now,
      version: project.version + 1,
    }
    return accepted(next, projectFact("custodian-appointed", "5-5a", next, { custodian, deputy }))
  })
}

export function projectFact(
  kind: string,
  duty: "5-5a" | "5-5b",
  project: Project,
  payload: Fact["payload"],
): Fact {
  return {
    kind,
    duties: [duty],
    about: { type: "project", id: project.id },
    refs: { linkage: project.linkage },
    retention: "delivery",
    payload,
  }
}
