import { expect } from "vitest"
import type { Actor, Role } from "../../src/kernel/actor.ts"
import type { Decision, Refusal } from "../../src/kernel/decision.ts"
import type { AccountId, DeliveryId, EntryId, FileId, PersonId, ProjectId } from "../../src/kernel/ids.ts"
import type { UnitId } from "../../src/kernel/ids.ts"
import { plusMs, taipeiDate, type Instant } from "../../src/kernel/time.ts"
import type { RefusalCode } from "../../src/regulation/refusals/index.ts"
import type {
  Delivery,
  DeliveryState,
  Fetched,
  NamedPerson,
  Project,
} from "../../src/modules/deliveries/model.ts"
import type { Columns, RegisterEntry, Stamp, StampPlace } from "../../src/modules/deliveries/register.ts"
import { decideFetched } from "../../src/modules/deliveries/rules/arrival.ts"
import type { Change, Deciding } from "../../src/modules/deliveries/rules/change.ts"
import type { Around, Head } from "../../src/modules/deliveries/rules/office.ts"
import { stampedDigest } from "../../src/modules/deliveries/rules/register.ts"

export const NOW = "2026-11-24T02:00:00.000Z" as Instant
export const TODAY = taipeiDate(NOW)
/** Minutes before NOW. */
export const ago = (minutes: number): Instant => plusMs(NOW, -minutes * 60_000)

export const UNIT = "unit-business" as UnitId
const IT_OFFICE = "unit-it" as UnitId

/** Somebody of the small office a delivery moves through, with the posts they hold. */
export interface Member extends NamedPerson {
  readonly posts: readonly { readonly role: Role; readonly unit: UnitId }[]
}

function member(name: string, title: string, unitName: string, role: Role, unit: UnitId = UNIT): Member {
  const posts = [{ role, unit }]
  return { person: `person-${name}` as PersonId, name, title, unitName, posts }
}

export const handler = member("王承辦", "科員", "疾病管制科", "handler")
export const deputy = member("林代理", "科員", "疾病管制科", "handler")
export const itHandler = member("陳資訊", "技士", "資訊室", "it-handler", IT_OFFICE)
export const otherIt = member("吳資訊", "技佐", "資訊室", "it-handler", IT_OFFICE)
export const supervisor = member("黃科長", "科長", "疾病管制科", "supervisor")
/** Stands in for the supervisor when recorded so; holds no post of supervisor. */
export const specialist = member("張專員", "專員", "疾病管制科", "handler")
export const director = member("李局長", "局長", "衛生局", "director", "unit-agency" as UnitId)
export const stranger = member("周旁人", "科員", "政風室", "ethics-officer", "unit-ethics" as UnitId)
export const EVERYBODY = [
  handler,
  deputy,
  itHandler,
  otherIt,
  supervisor,
  specialist,
  director,
  stranger,
] as const

/** The person alone, as paper names them. */
export function named({ person, name, title, unitName }: NamedPerson): NamedPerson {
  return { person, name, title, unitName }
}

export function actorOf({ person, name, posts }: Member): Actor {
  return { kind: "person", person, account: `account-${name}` as AccountId, name, posts }
}

export function head(of: NamedPerson, ...deputies: readonly NamedPerson[]): Head {
  return { ...named(of), deputies: deputies.map(named) }
}

const PROJECT: Project = {
  id: "project-1" as ProjectId,
  number: "115-0001",
  unit: UNIT,
  linkage: "linkage-1",
  name: "疫苗接種通知",
  purpose: "流感疫苗接種通知",
  legalDocument: "北市衛疾字第1150001號",
  custodian: handler.person,
  custodianDeputy: deputy.person,
  custodianSince: ago(9000),
  version: 1,
  createdAt: ago(9000),
}

const FETCHED: Fetched = {
  file: { id: "file-1" as FileId, name: "115.csv", sha256: "ab".repeat(32), bytes: 4096 },
  count: { counted: true, records: 100, undecodable: 0, unknownCodes: [] },
  via: "upload",
  fetchedAt: ago(300),
  fetchedBy: itHandler.person,
}

const COLUMNS: Columns = {
  noticedAt: ago(500),
  records: 100,
  purpose: PROJECT.purpose,
  legalDocument: PROJECT.legalDocument,
  handler: named(handler),
  obtainedBy: "檔案傳輸",
  itHandler: named(itHandler),
}
/** What the handler writes into the register. */
export const FILLED = {
  records: 100,
  purpose: PROJECT.purpose,
  legalDocument: PROJECT.legalDocument,
  obtainedBy: "檔案傳輸",
}

const NUMBER = "115-疾-0007"

export function stampBy({ person, name, title, unitName }: NamedPerson, place: StampPlace): Stamp {
  return {
    person,
    name,
    title,
    unitName,
    id: `stamp-${place}`,
    place,
    account: `account-${name}`,
    onBehalfOf: null,
    digest: stampedDigest(NUMBER, COLUMNS, FETCHED),
    notedOn: TODAY,
    stampedAt: ago(100),
  }
}

type Stamps = RegisterEntry["stamps"]
export const BOTH_STAMPS: Stamps = {
  it: stampBy(itHandler, "it"),
  responsible: stampBy(supervisor, "responsible"),
}

function entryWith(stamps: Stamps, comparison: string | null): RegisterEntry {
  return {
    id: "entry-1" as EntryId,
    delivery: "delivery-1" as DeliveryId,
    unit: UNIT,
    rocYear: 115,
    serial: 7,
    number: NUMBER,
    columns: COLUMNS,
    digest: stampedDigest(NUMBER, COLUMNS, FETCHED),
    stamps,
    comparison,
    correction: null,
    corrections: [],
    voided: null,
    version: 1,
    createdAt: ago(200),
  }
}

const EVERY = {
  id: "delivery-1" as DeliveryId,
  number: "115-D-0007",
  project: PROJECT.id,
  unit: UNIT,
  handler: handler.person,
  announcement: {
    happenedAt: ago(500),
    recordedAt: ago(490),
    recordedBy: handler.person,
    declaredRecords: 100,
    appliedFor: { kind: "count", records: 100 },
    fileName: "115.csv",
    format: { kind: "delimited", encoding: "big5", delimiter: ",", quote: null, header: false },
    mail: null,
  },
  version: 3,
  createdAt: ago(490),
} as const

const FACT = { happenedAt: ago(40), recordedAt: ago(40), recordedBy: handler.person }
const WITH_ENTRY = { ...EVERY, fetched: FETCHED, entry: "entry-1" as EntryId }
const WITH_HANDING = {
  ...WITH_ENTRY,
  handing: {
    releasedAt: ago(60),
    releasedBy: itHandler.person,
    releasedTo: handler.person,
    openedAt: ago(50),
  },
}
const WITH_COMPARISON = {
  ...WITH_HANDING,
  comparison: { ...FACT, accessedRecords: 99, matches: false, explanation: "提供機關漏列一筆" },
}

const DELIVERIES: { readonly [S in DeliveryState]: Extract<Delivery, { state: S }> } = {
  announced: { ...EVERY, state: "announced" },
  "download-requested": { ...EVERY, state: "download-requested", requestedAt: ago(400) },
  downloaded: { ...EVERY, fetched: FETCHED, state: "downloaded" },
  registered: { ...WITH_ENTRY, state: "registered" },
  released: { ...WITH_HANDING, state: "released" },
  compared: { ...WITH_COMPARISON, state: "compared" },
  disputed: { ...WITH_COMPARISON, state: "disputed", dispute: { ...FACT, letter: "第1號", reason: "短少" } },
  "in-use": { ...WITH_COMPARISON, state: "in-use", confirmedAt: ago(20) },
  lapsed: { ...EVERY, state: "lapsed", lapsed: { ...FACT, reason: "提供機關撤回" } },
  closed: { ...WITH_COMPARISON, state: "closed" },
}
export const STATES = Object.keys(DELIVERIES) as readonly DeliveryState[]

/** A delivery in `state` with everything that must have happened before; `changes` say what is otherwise. */
export function inState(state: DeliveryState, changes: Partial<Around> = {}): Around {
  const delivery = DELIVERIES[state]
  const stamps = "handing" in delivery ? BOTH_STAMPS : {}
  const comparison = "comparison" in delivery ? "申請 100 筆，取得 99 筆，不符：提供機關漏列一筆" : null
  return {
    delivery,
    project: PROJECT,
    linkage: { mode: "file", state: "active" },
    entry: "entry" in delivery ? entryWith(stamps, comparison) : null,
    office: {
      handler: named(handler),
      handlerDeputies: [named(deputy)],
      itHandlers: [itHandler.person, otherIt.person],
      levels: [[head(supervisor)], [head(director)]],
    },
    notices: {
      toIt: state === "announced" ? "none" : "given",
      toHandler: "fetched" in delivery ? "given" : "none",
    },
    me: null,
    ...changes,
  }
}

/** A filled register with these stamps and nothing more. */
export function registered(stamps: Stamps = {}, changes: Partial<Around> = {}): Around {
  return inState("registered", { entry: entryWith(stamps, null), ...changes })
}

/** Somebody does something about the delivery as it stands. */
export type Act = (around: Around) => Decision<Change>

/** `decide` done by this member at NOW. */
export function act<Input>(
  decide: (around: Around, input: Input, deciding: Deciding) => Decision<Change>,
  by: Member,
  input: Input,
): Act {
  return (around) => decide({ ...around, me: named(by) }, input, { actor: actorOf(by), now: NOW })
}

/** `decideFetched` of a file whose transfer nothing has replaced. */
export const fetched = (
  around: Around,
  input: Parameters<typeof decideFetched>[1],
  deciding: Deciding,
): Decision<Change> => decideFetched({ ...around, upload: input.file.id }, input, deciding)

export interface Outcome {
  /** Expects exactly these refusals and gives the first. */
  refuses(...codes: readonly RefusalCode[]): Refusal
  /** Expects the change and gives what stands then. */
  goesTo(state: DeliveryState): Around
}

/** A test reads as the regulation: given a delivery, when somebody acts, this follows. */
export function given(around: Around): { when(act: Act): Outcome } {
  return { when: (act) => outcomeOf(around, act(around)) }
}

function outcomeOf(around: Around, decision: Decision<Change>): Outcome {
  const refusals: readonly Refusal[] = decision.ok ? [] : decision.refusals
  const codes = refusals.map(({ code }) => code)
  return {
    refuses(...expected) {
      expect(codes).toEqual(expected)
      const [first] = refusals
      if (first === undefined) throw new Error("nothing was refused")
      return first
    },
    goesTo(state) {
      expect(codes).toEqual([])
      if (!decision.ok) throw new Error("it was refused")
      const { delivery, entry } = decision.next
      expect(delivery.state).toBe(state)
      expect(delivery.version).toBe(around.delivery.version + 1)
      expect(decision.facts.length).toBeGreaterThan(0)
      return { ...around, delivery, entry: entry ?? around.entry }
    },
  }
}
