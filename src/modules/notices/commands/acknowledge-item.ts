import type { Command } from "../../../runtime/index.ts"
import { subjectOf } from "../inbox/add-item.ts"
import { loadItemFor, markDone } from "../inbox/store.ts"
import type { InboxItem, InboxItemId } from "../model.ts"
import { withdrawReminders } from "../morning/reminders.ts"
import { decideAcknowledge } from "../rules.ts"

/** Ends an item of the inbox, a finding too; for those it is addressed to. */
export const acknowledgeInboxItem: Command<{ readonly id: InboxItemId }, InboxItem, InboxItem> = {
  name: "acknowledge-inbox-item",
  load: async (tx, { id }, { actor }) => (actor.kind === "person" ? loadItemFor(tx, id, actor) : null),
  decide: (item, _, deciding) => decideAcknowledge(item, deciding),
  save: async (tx, item) => {
    await markDone(tx, item)
    await withdrawReminders(tx, subjectOf(item.id))
  },
}
