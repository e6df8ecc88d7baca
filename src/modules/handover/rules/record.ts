import type { Authority } from "../../../regulation/authorities.ts"
import type { Fact } from "../../../kernel/decision.ts"
import type { PersonId, UnitId } from "../../../kernel/ids.ts"
import { startOfTaipeiDay, taipeiDate, type CivilDate, type Instant } from "../../../kernel/time.ts"
import { DUTY_IDS, type DutyId } from "../../../regulation/duties.ts"
import type { PolicyPack } from "../../../regulation/packs/schema.ts"
import type { Term } from "../../../regulation/period/period.ts"
import type { ChangeId, ChangeKind, EndedPost, Office, OwedNotice, PersonnelChange, Post } from "../model.ts"

/** What `posts-changed` says. */
export interface PostsChanged {
  readonly at: Instant
  readonly ended: readonly Post[]
  readonly begun: readonly Post[]
  readonly leaves: boolean
  readonly order: Order | null
}

export interface Order {
  readonly kind: ChangeKind
  readonly effectiveOn: CivilDate
  readonly receivedOn: CivilDate | null
  readonly successor: PersonId | null
}

/** Rights end at the first moment of the 生效日; at once when that has passed (5-4a, 5-4b). */
export function momentOf(effectiveOn: CivilDate, now: Instant): Instant | "now" {
  const first = startOfTaipeiDay(effectiveOn)
  return first > now ? first : "now"
}

/** 資訊室 and administrators work on the linkage itself; so does whoever has an account with a provider. */
export function classOf(post: Authority | null, hasOutsideAccount: boolean): Authority | null {
  return hasOutsideAccount ? "linkage" : post
}

type NoticeTerm = PolicyPack["movers"]["notices"][number]

/** The duty of telling an office; what an overlay adds for providers hangs on the change of linkage rights itself. */
const DUTY_OF: Readonly<Record<Office, DutyId>> = {
  "it-office": "5-4c",
  "ethics-office": "5-4d",
  provider: "5-4a",
}

export function dutyOf({ to, source }: Pick<NoticeTerm, "to" | "source">): DutyId {
  return DUTY_IDS.find((id) => id === source) ?? DUTY_OF[to]
}

/** The day from which the notices' terms run (A-06): nobody can tell of an order that has not arrived. */
export function eventDateOf({
  effectiveOn,
  receivedOn,
}: Pick<PersonnelChange, "effectiveOn" | "receivedOn">): CivilDate {
  return receivedOn !== null && receivedOn > effectiveOn ? receivedOn : effectiveOn
}

export function termOf({ days, direction, basis }: NoticeTerm): Term {
  return basis === "calendar"
    ? { unit: "day", length: days, direction, roll: true }
    : { unit: "working-day", length: days, direction, roll: false }
}

const IN_CHINESE = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]

/** Where the term comes from, as the deadline says it. */
export function basisOf({ days, direction, basis, source }: NoticeTerm, point: string): string {
  const from = DUTY_IDS.some((id) => id === source) ? point : source
  const length = `${IN_CHINESE[days] ?? String(days)}${basis === "working" ? "個工作日" : "日"}`
  return `${from}「異動${direction === "after" ? "後" : "前"}${length}內」`
}

/** A late order, or one entered after its day: the rights ended later than they should have (補登). */
export function isRetroactive(
  { effectiveOn, receivedOn }: Pick<PersonnelChange, "effectiveOn" | "receivedOn">,
  recordedAt: Instant,
): boolean {
  return effectiveOn < taipeiDate(recordedAt) || (receivedOn !== null && receivedOn > effectiveOn)
}

export interface NewIds {
  readonly id: ChangeId
  readonly number: string
  readonly notices: readonly string[]
}

/** Posts that end for good, with what rights 5-4 sees in each; none when the change ends no such right. */
export function endedRights(
  { ended, begun }: Pick<PostsChanged, "ended" | "begun">,
  classOfPost: (post: Post) => Authority | null,
): readonly EndedPost[] {
  const goesOn = (post: Post) => begun.some(({ unit, role }) => unit === post.unit && role === post.role)
  return ended.filter((post) => !goesOn(post)).map((post) => ({ ...post, class: classOfPost(post) }))
}

/** The units in which a right that 5-4 names ends. */
export function unitsLeft(ended: readonly EndedPost[]): readonly UnitId[] {
  return [...new Set(ended.filter((post) => post.class !== null).map(({ unit }) => unit))]
}

/** The record of one unit's being left, from the fact that posts changed, with an order or without. */
export function recordedChange(
  { at, ended: _, order, ...posts }: PostsChanged,
  of: { readonly person: PersonId; readonly unit: UnitId; readonly ended: readonly EndedPost[] },
  { id, number, notices }: NewIds,
  { now, pack, by }: { readonly now: Instant; readonly pack: PolicyPack; readonly by: PersonId | null },
): PersonnelChange {
  const [usual] = pack.movers.kinds.value
  if (usual === undefined) throw new Error("a pack names at least one kind of change")
  const { effectiveOn, receivedOn, kind, successor } = order ?? {
    ...{ effectiveOn: taipeiDate(at), receivedOn: null, kind: usual, successor: null },
  }
  return {
    ...{ id, number, kind, effectiveOn, receivedOn, successor, at },
    ...{ person: of.person, unit: of.unit, leaves: posts.leaves, begun: posts.begun },
    ended: of.ended.filter(({ unit }) => unit === of.unit),
    retroactive: isRetroactive({ effectiveOn, receivedOn }, now),
    completedAt: order === null ? null : now,
    completedBy: order === null ? null : by,
    state: "ordered",
    closedAt: null,
    notices: pack.movers.notices.map((notice, index) => owedNotice(notice, notices[index] ?? "")),
    items: [],
    recordedAt: now,
    version: 1,
  }
}

function owedNotice(notice: NoticeTerm, id: string): OwedNotice {
  return { id, office: notice.to, duty: dutyOf(notice), letter: null }
}

export function changeFact(
  kind: string,
  change: PersonnelChange,
  duties: readonly DutyId[],
  payload: Fact["payload"] = {},
  refs: Readonly<Record<string, string>> = {},
): Fact {
  return {
    kind,
    duties,
    about: { type: "personnel-change", id: change.id },
    refs: { person: change.person, unit: change.unit, ...refs },
    retention: "account",
    payload: { number: change.number, state: change.state, ...payload },
  }
}
