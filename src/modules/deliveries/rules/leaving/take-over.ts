import type { Actor } from "../../../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Decision } from "../../../../kernel/decision.ts"
import type { PersonId, UnitId } from "../../../../kernel/ids.ts"
import { refuse, rule } from "../../../../regulation/rule.ts"
import type { Delivery, NamedPerson, Project } from "../../model.ts"
import { advanced, deliveryFact, type Change, type Deciding } from "../change.ts"
import { carriersAndStampers, type Around } from "../office.ts"
import { custodianIsAnother, projectFact } from "../projects.ts"
import { standingPlaces, unstamped } from "../register.ts"

const HANDLING = ["handler", "supervisor", "center-handler", "center-head"] as const

/** Who takes over works in the unit whose data it is. */
export const takerServesInUnit = rule("5-4b", (actor: Actor, unit: UnitId) => {
  const posts = actor.kind === "person" ? actor.posts : []
  const serves = posts.some((post) => post.unit === unit && HANDLING.some((role) => role === post.role))
  return serves ? null : refuse("SUCCESSOR_NOT_IN_UNIT")
})

/** The three natural persons stay three: who carried or stamped a file does not come to handle it. */
export const takerIsNoCarrierOrStamper = rule("internal", (around: Around, actor: Actor) =>
  actor.kind === "person" && carriersAndStampers(around).has(actor.person)
    ? refuse("THREE_PERSONS", { next: "本單位其他人員" })
    : null,
)

export interface TakeOver {
  /** Whose it was when the change of post took effect. */
  readonly from: PersonId
}

/**
 * 5-4: the acting person takes over from who has left. Before release column 5 names them, so that stamps given on the
 * other name fall. What has gone to somebody else since stays where it is.
 */
export function decideTakeOver(
  around: Around,
  { from }: TakeOver,
  { actor, now }: Deciding,
): Decision<Change> {
  const { delivery, me } = around
  if (delivery.handler !== from || isOver(delivery)) return accepted({ delivery })
  const broken = gather(takerServesInUnit(actor, delivery.unit), takerIsNoCarrierOrStamper(around, actor))
  return decideUnless(broken, () => {
    if (me === null) throw new Error("checked by the rules: a person of the roster")
    const handedOver = [...(delivery.handedOver ?? []), { from, to: me.person, at: now }]
    const next: Delivery = advanced({ ...delivery, handler: me.person, handedOver })
    const fact = deliveryFact("delivery-handed-over", ["5-4b"], next, {}, { from, to: me.person })
    return accepted({ delivery: next, ...renamed(around, me) }, fact)
  })
}

function isOver({ state }: Delivery): boolean {
  return state === "lapsed" || state === "closed"
}

/** Column 5 of a row that is not released names who handles it now. */
function renamed({ delivery, entry }: Around, handler: NamedPerson): Pick<Change, "entry" | "reason"> {
  if (entry === null || delivery.state !== "registered") return {}
  const revised = unstamped(entry, { ...entry.columns, handler }, delivery.fetched)
  const fallen = standingPlaces(entry).length > 0 ? "，原核章失效" : ""
  return { entry: revised, reason: `職務異動移交，更換承辦人${fallen}` }
}

/** 專人 and deputy are two people, whichever of the two is replaced. */
function mayStandBeside(taker: PersonId | null, other: PersonId | null) {
  return taker === null || other === null ? null : custodianIsAnother(taker, other)
}

/** 5-5a with 5-4: the acting person becomes 專人, or their deputy, in the place of who has left. */
export function decideTakeCustody(
  project: Project,
  { from }: TakeOver,
  { actor, now }: Deciding,
): Decision<Project> {
  const { custodian, custodianDeputy } = project
  if (custodian !== from && custodianDeputy !== from) return accepted(project)
  const taker = actor.kind === "person" ? actor.person : null
  const broken = gather(
    takerServesInUnit(actor, project.unit),
    mayStandBeside(taker, custodian === from ? custodianDeputy : custodian),
  )
  return decideUnless(broken, () => {
    const taken = custodian === from ? { custodian: taker, custodianSince: now } : { custodianDeputy: taker }
    const next: Project = { ...project, ...taken, version: project.version + 1 }
    const payload = { from, custodian: next.custodian, deputy: next.custodianDeputy }
    return accepted(next, projectFact("custody-handed-over", "5-5a", next, payload))
  })
}
