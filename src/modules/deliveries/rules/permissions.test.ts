import { fc, test } from "@fast-check/vitest"
import { describe, expect } from "vitest"
import {
  act,
  actorOf,
  ago,
  BOTH_STAMPS,
  director,
  EVERYBODY,
  fetched,
  FILLED,
  given,
  handler,
  head,
  inState,
  itHandler,
  named,
  NOW,
  registered,
  STATES,
  supervisor,
  TODAY,
  type Act,
  type Member,
} from "../../../../tests/support/deliveries.ts"
import { dutyTest } from "../../../../tests/support/duty-test.ts"
import type { Actor } from "../../../kernel/actor.ts"
import type { EntryId, FileId, NoticeId } from "../../../kernel/ids.ts"
import { NEXT, type DeliveryState } from "../model.ts"
import { desksOf, type Desk } from "./office.ts"
import { decideCountAgain, decideSetAsideFile } from "./arrival.ts"
import { decideLapse, decideNotifyReady, decideRequestDownload } from "./intake.ts"
import { DELIVERY_COMMANDS, MAY, refusalsOf, type DeliveryCommand } from "./permissions.ts"
import { decideFillRegister, decideReviseRegister, decideVoidEntry } from "./register.ts"
import {
  decideConfirmCorrection,
  decideProposeCorrection,
  decideRejectCorrection,
  decideWithdrawCorrection,
} from "./corrections.ts"
import { decideStampRegister } from "./stamps.ts"
import {
  decideCompare,
  decideConfirmComparison,
  decideDispute,
  decideOpenFile,
  decideRelease,
} from "./use.ts"

const DESKS: Readonly<Record<Desk, Member>> = {
  handler,
  supervisor,
  "it-handler": itHandler,
  stamper: itHandler,
}
const desks = fc.constantFrom<Desk>("handler", "supervisor", "it-handler")
const states = fc.constantFrom(...STATES)
const commands = fc.constantFrom(...DELIVERY_COMMANDS)
const TABLE = Object.values(MAY)

/** Whether the table holds the command, in any state, for a desk at which this member sits now. */
function mayEver(command: DeliveryCommand, by: Member, state: DeliveryState): boolean {
  const held = desksOf(actorOf(by), inState(state))
  return TABLE.some((byDesk) => held.some((desk) => byDesk[desk]?.includes(command)))
}

const codesOf = (command: DeliveryCommand, actor: Actor, state: DeliveryState) =>
  refusalsOf(command, actor, inState(state)).map(({ code }) => code)

/** What a stranger is told, whatever the state. */
const notTheirs = (command: DeliveryCommand) => codesOf(command, { kind: "anonymous" }, "announced")
const isEqual = (a: readonly string[], b: readonly string[]) => a.join() === b.join()

describe("who may do what", () => {
  test.prop([states, desks, commands], { numRuns: 2000 })(
    "the one reason that names no state is given exactly to desks that never may",
    (state, desk, command) => {
      const codes = codesOf(command, actorOf(DESKS[desk]), state)
      expect(isEqual(codes, notTheirs(command))).toBe(!mayEver(command, DESKS[desk], state))
    },
  )

  test.prop([states, desks, commands], { numRuns: 2000 })(
    "nobody may what the table does not hold for this state",
    (state, desk, command) => {
      const held = desksOf(actorOf(DESKS[desk]), inState(state))
      const may = held.some((one) => MAY[state][one]?.includes(command))
      if (!may) expect(codesOf(command, actorOf(DESKS[desk]), state)).not.toEqual([])
    },
  )

  test.prop([states, commands])(
    "strangers, the system and the anonymous learn nothing of the state",
    (state, command) => {
      const nobody: readonly Actor[] = [{ kind: "system", job: "morning" }, { kind: "anonymous" }]
      for (const actor of [...nobody, actorOf(director)])
        expect(codesOf(command, actor, state)).toEqual(notTheirs(command))
    },
  )
})

const CHANNEL = { kind: "mail" } as const
const NOTICE = {
  notice: "notice-1" as NoticeId,
  channel: CHANNEL,
  evidence: null,
  happenedAt: ago(1),
}
const FORMAT = { kind: "fixed", encoding: "big5", recordBytes: 100, lineEnd: "none" } as const
const COUNT = { counted: true, records: 100, undecodable: 0, unknownCodes: [] } as const
const ENTRY = {
  id: "entry-2" as EntryId,
  rocYear: 115,
  serial: 8,
  number: "115-疾-0008",
  itHandler: named(itHandler),
}
const FILE = { id: "file-2" as FileId, name: "a.csv", sha256: "ef".repeat(32), bytes: 9 }

const stampAs =
  (place: "it" | "responsible") =>
  (by: Member): Act =>
  (around) =>
    decideStampRegister(
      { ...around, me: named(by) },
      { stamp: "stamp-9", place, notedOn: TODAY, digest: around.entry?.digest ?? "" },
      { actor: actorOf(by), now: NOW, stampOrder: "either" },
    )

/** Every command with an input that nothing is wrong with. */
const ACTS: Readonly<Record<DeliveryCommand, (by: Member) => Act>> = {
  "request-download": (by) => act(decideRequestDownload, by, NOTICE),
  lapse: (by) => act(decideLapse, by, { reason: "提供機關撤回", happenedAt: ago(1) }),
  fetch: (by) => act(fetched, by, { file: FILE, count: COUNT, via: "upload" }),
  "count-again": (by) => act(decideCountAgain, by, { count: COUNT, format: FORMAT }),
  "set-aside-file": (by) => act(decideSetAsideFile, by, { reason: "最後一筆不完整" }),
  "notify-ready": (by) => act(decideNotifyReady, by, NOTICE),
  "fill-register": (by) => act(decideFillRegister, by, { ...FILLED, entry: ENTRY }),
  "revise-register": (by) =>
    act(decideReviseRegister, by, { ...FILLED, itHandler: named(itHandler), isOfItOffice: true }),
  "void-entry": (by) => act(decideVoidEntry, by, { reason: "重複登記" }),
  "stamp-it": stampAs("it"),
  "stamp-responsible": stampAs("responsible"),
  release: (by) => act(decideRelease, by, { to: handler.person }),
  "open-file": (by) => act(decideOpenFile, by, {}),
  compare: (by) =>
    act(decideCompare, by, { accessedRecords: 99, explanation: "漏列一筆", happenedAt: ago(1) }),
  "confirm-comparison": (by) => act(decideConfirmComparison, by, { stamp: "stamp-9" }),
  dispute: (by) => act(decideDispute, by, { letter: "第1號", reason: "短少", happenedAt: ago(1) }),
  "propose-correction": (by) =>
    act(decideProposeCorrection, by, {
      ...FILLED,
      records: 101,
      noticedAt: ago(500),
      handler: named(handler),
      isOfUnit: true,
      reason: "筆數誤繕",
    }),
  "confirm-correction": (by) => act(decideConfirmCorrection, by, {}),
  "withdraw-correction": (by) => act(decideWithdrawCorrection, by, {}),
  "reject-correction": (by) => act(decideRejectCorrection, by, { reason: "並無誤繕" }),
}

describe("every decision", () => {
  test.prop([states, fc.constantFrom(...EVERYBODY), commands, fc.boolean()], { numRuns: 3000 })(
    "leads only where NEXT allows, one version on",
    (state, by, command, hasStamps) => {
      const around = state === "registered" && hasStamps ? registered(BOTH_STAMPS) : inState(state)
      const decision = ACTS[command](by)(around)
      if (!decision.ok) return
      const { delivery } = decision.next
      const allowed: readonly DeliveryState[] = [state, ...NEXT[state]]
      expect(allowed).toContain(delivery.state)
      expect(delivery.version).toBe(around.delivery.version + 1)
      expect(decision.facts.every(({ duties }) => duties.length > 0)).toBe(true)
    },
  )

  test.each(
    STATES.flatMap((state) =>
      Object.entries(MAY[state]).flatMap(([desk, commands]) =>
        commands.map((command) => [command, state, desk as Desk] as const),
      ),
    ),
  )("%s can be done in %s by the %s", (command, state, desk) => {
    const { entry } = inState("released")
    if (entry === null) throw new Error("released has an entry")
    const proposed = {
      columns: entry.columns,
      reason: "誤繕",
      proposedBy: named(handler),
      proposedAt: ago(5),
    }
    const correction = { ...proposed, confirmations: [] }
    const around =
      command === "release"
        ? registered(BOTH_STAMPS)
        : command === "notify-ready"
          ? inState(state, { notices: { toIt: "given", toHandler: "none" } })
          : ["confirm-correction", "withdraw-correction", "reject-correction"].includes(command)
            ? inState(state, { entry: { ...entry, correction } })
            : inState(state)
    const decision = ACTS[command](DESKS[desk])(around)
    expect(decision.ok ? [] : decision.refusals).toEqual([])
  })
})

dutyTest("5-5a", "專人離缺時，資料不得收受亦不得提供", () => {
  const project = { ...inState("announced").project, custodian: null }
  for (const [command, state, by] of [
    ["request-download", "announced", handler],
    ["fetch", "download-requested", itHandler],
    ["fill-register", "downloaded", handler],
  ] as const)
    given(inState(state, { project })).when(ACTS[command](by)).refuses("CUSTODIAN_MISSING")
  given(registered(BOTH_STAMPS, { project })).when(ACTS.release(itHandler)).refuses("CUSTODIAN_MISSING")
})

dutyTest("6-1c", "未以書面或電子郵件通知承辦人，不得提供", () => {
  const around = registered(BOTH_STAMPS, { notices: { toIt: "given", toHandler: "waiting" } })
  given(around).when(ACTS.release(itHandler)).refuses("NOTICE_BACK_NOT_SENT")
})

dutyTest("6-2c", "無人可合法核章時，指明須由上級單位主管", () => {
  const office = { ...registered().office, levels: [[head(handler)]] }
  given(registered({}, { office })).when(ACTS["stamp-responsible"](supervisor)).refuses("THREE_PERSONS")
})
