import { refused } from "../../../../kernel/decision.ts"
import type { DeliveryId, ProjectId } from "../../../../kernel/ids.ts"
import { rocYear } from "../../../../kernel/roc-date.ts"
import { taipeiDate } from "../../../../kernel/time.ts"
import { refuse } from "../../../../regulation/rule.ts"
import type { Command } from "../../../../runtime/index.ts"
import { linkageOf } from "../../../linkages/index.ts"
import { findProviderMail } from "../../custody/provider-mails.ts"
import type { Change } from "../../rules/change.ts"
import { decideAnnounce, type AroundAnnouncement, type NoticeFromProvider } from "../../rules/intake.ts"
import type { ProviderMail } from "../../custody/mail-rules.ts"
import { loadProject, takeNumber } from "../../store.ts"
import { saveChange } from "../delivery-command.ts"

type Input = NoticeFromProvider & { readonly id: DeliveryId; readonly project: ProjectId }
type State =
  | { readonly project: null }
  | (AroundAnnouncement & { readonly number: string; readonly mail: ProviderMail | null })

/** 提供機關通知: by hand or from the original mail. A delivery begins here. */
export const recordProviderNotice: Command<Input, State, Change> = {
  name: "record-provider-notice",
  load: async (tx, input, { now }) => {
    const project = await loadProject(tx, input.project)
    if (project === null) return { project: null }
    const number = await takeNumber(tx, "D", rocYear(taipeiDate(now)))
    const mail = input.mail === null ? null : await findProviderMail(tx, input.mail)
    return { project, linkage: await linkageOf(tx, project.linkage), number, mail }
  },
  decide: (around, { project: _, ...notice }, deciding) =>
    around.project === null
      ? refused(refuse("PROJECT_MISSING"))
      : decideAnnounce(around, { ...notice, number: around.number }, deciding),
  save: saveChange,
}
