import type { Fact } from "../../../kernel/decision.ts"
import type { Tx } from "../../../platform/db/tx.ts"
import { startOfTaipeiDay } from "../../../kernel/time.ts"
import type { Command, Context } from "../../../runtime/index.ts"
import { meetDeadline } from "../../deadlines/index.ts"
import { createNotice, isScanUsed, readScan } from "../../notices/index.ts"
import { deadlineOf } from "../after-notice.ts"
import type { Office, PersonnelChange } from "../model.ts"
import { receiversIn } from "../office-store.ts"
import {
  decideGiveNotice,
  decideRecordLetter,
  type AroundNotice,
  type GiveNotice,
  type GivenChannel,
  type LetterSent,
  type NoticeToGive,
} from "../rules/notices.ts"
import { updateChange } from "../store.ts"
import { loadLocked, type AboutChange } from "./change-command.ts"

interface AboutNotice extends AboutChange {
  readonly office: Office
}

async function loadNotice(
  tx: Tx,
  input: AboutNotice,
  context: Context,
  channel: GivenChannel | null,
): Promise<AroundNotice | null> {
  const around = await loadLocked(tx, input, context)
  const notice = around?.change.notices.find(({ office }) => office === input.office)
  if (around === null || notice === undefined) return null
  const receivers = await receiversIn(tx, notice.office, around.change.person, context.now)
  const scan = channel?.kind === "paper" ? await readScan(tx, channel.scan) : null
  return {
    ...around,
    notice,
    receivers,
    scan: scan && { keptBy: scan.keptBy, isUsed: await isScanUsed(tx, scan.id) },
  }
}

/** 5-4c, 5-4d: the head of the unit tells one office, by mail or on paper. */
export const giveNotice: Command<AboutNotice & GiveNotice, AroundNotice, NoticeToGive> = {
  name: "give-personnel-notice",
  load: (tx, input, context) => loadNotice(tx, input, context, input.channel),
  decide: decideGiveNotice,
  save: (tx, { change }) => updateChange(tx, change),
  follow: sendNotice,
}

function sendNotice(
  tx: Tx,
  { id, change, notice, channel, to, signedBy, happenedAt }: NoticeToGive,
  context: Context,
): Promise<readonly Fact[]> {
  const { actor } = context
  return createNotice(tx, context, {
    id,
    duty: notice.duty,
    about: { type: "personnel-change", id: change.id },
    itemNumber: change.number,
    link: `/personnel-changes/${change.id}`,
    from: actor.kind === "person" ? actor.person : null,
    to,
    channel:
      channel.kind === "mail"
        ? channel
        : {
            ...channel,
            receiver: `${signedBy?.unitName ?? ""}${signedBy?.title ?? ""} ${signedBy?.name ?? ""}`,
          },
    happenedAt,
  })
}

/** An overlay pack's provider is told by a letter of the document system. */
export const recordLetter: Command<AboutNotice & LetterSent, AroundNotice, PersonnelChange> = {
  name: "record-personnel-letter",
  load: (tx, input, context) => loadNotice(tx, input, context, null),
  decide: decideRecordLetter,
  save: updateChange,
  follow: async (tx, { notices }, context) => {
    const facts: Fact[] = []
    for (const notice of notices)
      if (notice.letter?.recordedAt === context.now)
        facts.push(
          ...(await meetDeadline(tx, context, deadlineOf(notice), startOfTaipeiDay(notice.letter.on))),
        )
    return facts
  },
}
