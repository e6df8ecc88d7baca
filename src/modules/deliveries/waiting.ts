import type { PersonActor } from "../../kernel/actor.ts"
import type { DutyId } from "../../regulation/duties.ts"
import type { DeliveryState } from "./model.ts"
import type { DeliveryCommand } from "./rules/command-names.ts"
import { confirmingPlace, desksOf, lawfulResponsible, type Desk, type Standing } from "./rules/office.ts"
import { MAY } from "./rules/permissions.ts"

/** What a delivery waits for: one line of somebody's 我的待辦. */
export interface Waiting {
  readonly title: string
  readonly duty: DutyId
  readonly command: DeliveryCommand
  /** The states in which the delivery waits for it. */
  readonly states: readonly DeliveryState[]
  /** At which desk it is done. */
  readonly desk: Desk
  /** Whether it is still to be done, and by this person; everybody at the desk when left out. */
  readonly isTheirs?: (standing: Standing, actor: PersonActor) => boolean
}

const AFTER_RELEASE = ["released", "compared", "disputed", "in-use"] as const

export const WAITING: readonly Waiting[] = [
  {
    title: "以書面或電子郵件通知資訊室下載",
    duty: "6-1a",
    command: "request-download",
    states: ["announced"],
    desk: "handler",
    isTheirs: ({ notices }) => notices.toIt === "none",
  },
  {
    title: "下載資料檔案",
    duty: "6-1b",
    command: "fetch",
    states: ["download-requested"],
    desk: "it-handler",
  },
  {
    title: "通知業務單位承辦人存取",
    duty: "6-1c",
    command: "notify-ready",
    states: ["downloaded", "registered"],
    desk: "it-handler",
    isTheirs: ({ notices }) => notices.toHandler === "none",
  },
  {
    title: "填具登記表",
    duty: "6-2a",
    command: "fill-register",
    states: ["downloaded"],
    desk: "handler",
  },
  {
    title: "於登記表核章",
    duty: "6-2b",
    command: "stamp-it",
    states: ["registered"],
    desk: "it-handler",
    isTheirs: ({ entry }, { person }) =>
      entry?.stamps.it === undefined && entry?.columns.itHandler.person === person,
  },
  {
    title: "於登記表核章並註記日期",
    duty: "6-2c",
    command: "stamp-responsible",
    states: ["registered"],
    desk: "supervisor",
    isTheirs: (standing, actor) =>
      standing.entry?.stamps.responsible === undefined && mayStamp(standing, actor),
  },
  {
    title: "提供資料",
    duty: "6-2d",
    command: "release",
    states: ["registered"],
    desk: "it-handler",
    isTheirs: ({ entry, notices }) =>
      entry?.stamps.it !== undefined &&
      entry.stamps.responsible !== undefined &&
      notices.toHandler === "given",
  },
  {
    title: "存取資料並比對筆數",
    duty: "6-3a",
    command: "compare",
    states: ["released"],
    desk: "handler",
  },
  {
    title: "確認比對狀況並核章",
    duty: "6-3a",
    command: "confirm-comparison",
    states: ["compared"],
    desk: "supervisor",
    isTheirs: (standing, actor) => standing.entry?.correction === null && mayStamp(standing, actor),
  },
  {
    title: "追蹤提供機關之查復並重新比對",
    duty: "6-3a",
    command: "compare",
    states: ["disputed"],
    desk: "handler",
  },
  {
    title: "確認或退回登記表之更正",
    duty: "5-5c",
    command: "confirm-correction",
    states: AFTER_RELEASE,
    desk: "stamper",
    isTheirs: confirmationIsTheirs,
  },
]

/** What waits for this person. Who may do a thing is decided by the same rules as the act itself. */
export function waitingFor(standing: Standing, actor: PersonActor): readonly Waiting[] {
  const desks = desksOf(actor, standing)
  return WAITING.filter(
    ({ states, desk, command, isTheirs }) =>
      states.includes(standing.delivery.state) &&
      desks.includes(desk) &&
      MAY[standing.delivery.state][desk]?.includes(command) === true &&
      (isTheirs === undefined || isTheirs(standing, actor)),
  )
}

function mayStamp(standing: Standing, { person }: PersonActor): boolean {
  return lawfulResponsible(standing).some((stamper) => stamper.person === person)
}

function confirmationIsTheirs(standing: Standing, { person }: PersonActor): boolean {
  const correction = standing.entry?.correction
  if (correction == null || correction.proposedBy.person === person) return false
  const place = confirmingPlace(person, standing)?.place
  return correction.confirmations.every((confirmation) => confirmation.place !== place)
}
