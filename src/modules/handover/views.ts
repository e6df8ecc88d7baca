import { AUTHORITIES } from "../../regulation/authorities.ts"
import { z } from "zod"
import { ROLES } from "../../kernel/actor.ts"
import { MOVER_KINDS } from "../../regulation/packs/people-parts.ts"
import { NoticeView } from "../notices/contract.ts"
import { OFFICES } from "./model.ts"

/** How one office was told, and by when it had to be. */
export const OwedView = z.object({
  office: z.enum(OFFICES),
  duty: z.string(),
  standing: z.enum(["owed", "waiting", "given"]),
  deadline: z.uuid().nullable(),
  due: z.string().nullable(),
  /** When it was told: a server took the mail, or the receiver signed. */
  metAt: z.string().nullable(),
  /** After the last lawful day, whether told by now or not. */
  late: z.boolean(),
  acknowledgedAt: z.string().nullable(),
  acknowledgedBy: z.string().nullable(),
})
export type OwedView = z.infer<typeof OwedView>

export const ChangeLine = z.object({
  id: z.uuid(),
  number: z.string(),
  personName: z.string(),
  unitName: z.string(),
  kind: z.enum(MOVER_KINDS),
  effectiveOn: z.string(),
  retroactive: z.boolean(),
  state: z.enum(["ordered", "in-force", "closed"]),
  isComplete: z.boolean(),
  successorName: z.string().nullable(),
  notices: z.array(OwedView),
  /** Lines of the inventory, and how many are accepted. */
  items: z.number().int(),
  accepted: z.number().int(),
})
export type ChangeLine = z.infer<typeof ChangeLine>

const ItemView = z.object({
  id: z.uuid(),
  serial: z.number().int(),
  kind: z.string(),
  label: z.string(),
  /** Path of its screen, where it has one. */
  link: z.string().nullable(),
  state: z.enum(["open", "refused", "accepted"]),
  reason: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  mayAccept: z.boolean(),
  mayRefuse: z.boolean(),
})

const NoticeDetail = OwedView.extend({
  /** The notice's words as the program drafts them. */
  draft: z.array(z.string()),
  receivers: z.array(z.object({ person: z.uuid(), name: z.string() })),
  letter: z.object({ number: z.string(), on: z.string(), recordedAt: z.string() }).nullable(),
  given: z.array(NoticeView),
})

const Reason = z.object({ code: z.string(), source: z.string(), zh: z.string(), en: z.string() })
export const CHANGE_ACTS = ["complete", "give-notice", "close"] as const

export const ChangeDetail = ChangeLine.omit({ notices: true, items: true, accepted: true }).extend({
  person: z.uuid(),
  personTitle: z.string(),
  unit: z.uuid(),
  successor: z.uuid().nullable(),
  receivedOn: z.string().nullable(),
  /** When rights end. */
  at: z.string(),
  leaves: z.boolean(),
  recordedAt: z.string(),
  closedAt: z.string().nullable(),
  ended: z.array(
    z.object({ unitName: z.string(), role: z.enum(ROLES), class: z.enum(AUTHORITIES).nullable() }),
  ),
  begun: z.array(z.object({ unitName: z.string(), role: z.enum(ROLES) })),
  answerable: z.array(z.string()),
  notices: z.array(NoticeDetail),
  items: z.array(ItemView),
  timeline: z.array(
    z.object({ index: z.number().int(), time: z.string(), kind: z.string(), actor: z.string() }),
  ),
  /** What the reader may do, and the first reason why not yet. */
  allowed: z.array(z.object({ act: z.enum(CHANGE_ACTS), refusal: Reason.nullable() })),
})
export type ChangeDetail = z.infer<typeof ChangeDetail>
