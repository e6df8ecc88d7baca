import { holds, type Actor, type Role } from "../../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Decision } from "../../../kernel/decision.ts"
import type { PersonId, UnitId, VendorId } from "../../../kernel/ids.ts"
import { taipeiDate, type CivilDate, type Instant } from "../../../kernel/time.ts"
import type { PolicyPack } from "../../../regulation/packs/schema.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import { isInForce, type ChangeKind, type HeldPost, type Person, type Unit } from "../model.ts"
import { peopleFact, postsFit } from "./roster.ts"

interface Deciding {
  readonly actor: Actor
  readonly now: Instant
  readonly pack: PolicyPack
}

export interface Post {
  readonly unit: UnitId
  readonly role: Role
}

/** Why posts end or begin, as the order of the personnel office says (5-4). */
export interface ChangeOrder {
  readonly kind: ChangeKind
  /** 生效日: rights end at its first moment. */
  readonly effectiveOn: CivilDate
  /** 派令到達日, when the order came later than its effect. */
  readonly receivedOn: CivilDate | null
  readonly successor: PersonId | null
}

export interface PostChange {
  readonly person: PersonId
  /** When: `now`, the moment of the command, or the first moment of a day to come. */
  readonly at: Instant | "now"
  /** `all`: the person leaves. */
  readonly end: readonly Post[] | "all"
  readonly begin: readonly (Post & { readonly until?: Instant | null })[]
  /** `null`: no order is known; where rights of 5-4 end, the head of the unit that is left states it later. */
  readonly order: ChangeOrder | null
}

interface At {
  readonly at: Instant
}

export interface AroundChange {
  readonly person: Person
  /** Who is to succeed by the order, if it names somebody who is known. */
  readonly successor: Person | null
  readonly units: ReadonlyMap<UnitId, Unit>
  readonly anotherAdministrator: boolean
}

/** Rights that ended or began in the past would make lawful what was not; a late change takes effect now. */
export const changeLiesAhead = rule("5-4a", (at: Instant, now: Instant) =>
  at >= now ? null : refuse("POSTS_CHANGE_AHEAD"),
)

export const heldPostsEnd = rule("internal", (person: Person, end: PostChange["end"], at: Instant) => {
  const ending = end === "all" ? [] : end
  const missing = ending.some(
    (post) => !person.posts.some((held) => isSame(held, post) && stillHeld(held, at)),
  )
  return missing ? refuse("POST_NOT_HELD") : null
})

export const newPostsAreNew = rule("internal", (after: readonly HeldPost[], begin: readonly Post[]) =>
  begin.some((post) => after.some((held) => isSame(held, post))) ? refuse("POST_HELD_ALREADY") : null,
)

/** By whom the confidentiality agreement gives a vendor's people their posts, and ends them. */
export const BY_AGREEMENT = { kind: "system", job: "confidentiality-agreement" } as const satisfies Actor

/** A vendor's people serve by the agreement with it, and by nothing else: no administrator, no other program. */
export const vendorPeopleServeByAgreement = rule("5-8a", (vendor: VendorId | null, actor: Actor) => {
  const isByAgreement = actor.kind === "system" && actor.job === BY_AGREEMENT.job
  return vendor === null || isByAgreement ? null : refuse("VENDOR_PERSON")
})

export const anAdministratorRemains = rule(
  "internal",
  (before: readonly Post[], after: readonly HeldPost[], another: boolean) => {
    const wasOne = before.some(({ role }) => role === "administrator")
    const staysOne = after.some(({ role, until }) => role === "administrator" && until === null)
    return wasOne && !staysOne && !another ? refuse("LAST_ADMINISTRATOR") : null
  },
)

/** What the head of a unit may begin in it: those who do its work, no heads, auditors or administrators. */
export const BEGUN_BY_HEADS: readonly Role[] = ["handler", "it-handler", "center-handler"]

/** Administrators; for a change of post by order also the head of the unit of every post concerned. */
export const mayChangePosts = rule(
  "internal",
  (actor: Actor, ending: readonly Post[], { begin, order }: PostChange) => {
    if (actor.kind === "system" || holds(actor, "administrator")) return null
    const heads = ({ unit }: Post) => holds(actor, "supervisor", unit) || holds(actor, "center-head", unit)
    const isTheirs = ending.length > 0 && [...ending, ...begin].every(heads)
    const begins = begin.every(({ role }) => BEGUN_BY_HEADS.includes(role))
    return order !== null && isTheirs && begins ? null : refuse("NOT_PERMITTED")
  },
)

/** the kinds the pack knows. A-06: rights end on the 生效日, or at once when the order came after it. */
export const orderIsRight = rule(
  "5-4a",
  ({ order, at, person }: PostChange & At, successor: Person | null, { now, pack }: Deciding) => {
    if (order === null) return null
    if (!pack.movers.kinds.value.includes(order.kind)) return refuse("CHANGE_KIND_UNKNOWN")
    if (order.successor === person) return refuse("SUCCESSOR_IS_THE_SAME")
    if (order.successor !== null && successor === null) return refuse("NOT_FOUND")
    const { effectiveOn, receivedOn } = order
    return effectiveOn > taipeiDate(at) || (receivedOn !== null && receivedOn > taipeiDate(now))
      ? refuse("ORDER_DATES_WRONG")
      : null
  },
)

export const nobodyChangesTheirOwnPosts = rule("internal", (actor: Actor, person: PersonId) =>
  actor.kind === "person" && actor.person === person ? refuse("POSTS_NOT_BY_ONESELF") : null,
)

export function decideChangePosts(
  { person, successor, units, anotherAdministrator }: AroundChange,
  input: PostChange,
  deciding: Deciding,
): Decision<Person> {
  const { actor, now } = deciding
  const change = { ...input, at: input.at === "now" ? now : input.at }
  const { at, end, begin, order } = change
  const standing = person.posts.filter((post) => stillHeld(post, at))
  const ending = standing.filter((post) => end === "all" || end.some((one) => isSame(one, post)))
  const after = standing.filter((post) => !ending.includes(post))
  const beginning = begin.map(({ unit, role, until }) => ({ unit, role, since: at, until: until ?? null }))
  const broken = gather(
    mayChangePosts(actor, ending, change),
    orderIsRight(change, successor, deciding),
    nobodyChangesTheirOwnPosts(actor, person.id),
    vendorPeopleServeByAgreement(person.vendor, actor),
    changeLiesAhead(at, now),
    heldPostsEnd(person, end, at),
    newPostsAreNew(after, begin),
    anAdministratorRemains(standing, [...after, ...beginning], anotherAdministrator),
    ...postsFit([...after, ...begin], units, at),
  )
  return decideUnless(broken, () => {
    const ended = person.posts.map((post) =>
      ending.includes(post) ? { ...post, until: post.since > at ? post.since : at } : post,
    )
    const next: Person = { ...person, posts: [...ended, ...beginning], version: person.version + 1 }
    const leaves = after.length === 0 && beginning.length === 0
    const named = (posts: readonly Post[]) => posts.map(({ unit, role }) => ({ unit, role }))
    const payload = {
      at,
      ended: named(ending),
      begun: named(beginning),
      leaves,
      order: order && { ...order },
    }
    return accepted(
      next,
      peopleFact("posts-changed", { type: "person", id: person.id }, payload, ["2-1", "5-4a", "5-4b"]),
    )
  })
}

function isSame(a: Post, b: Post): boolean {
  return a.unit === b.unit && a.role === b.role
}

/** Held at `at` or to begin after it. */
function stillHeld(post: HeldPost, at: Instant): boolean {
  return isInForce(post, at) || post.since > at
}

/** The posts somebody holds at `now`. */
export function postsAt({ posts }: Pick<Person, "posts">, now: Instant): HeldPost[] {
  return posts.filter((post) => isInForce(post, now))
}
