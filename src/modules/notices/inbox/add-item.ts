import type { Fact } from "../../../kernel/decision.ts"
import type { PersonId } from "../../../kernel/ids.ts"
import { newId } from "../../../platform/ids.ts"
import type { Tx } from "../../../platform/db/tx.ts"
import type { Context } from "../../../runtime/index.ts"
import type { Audience, FindingDraft, InboxDraft, InboxItem, InboxItemId } from "../model.ts"
import { addReminder } from "../morning/reminders.ts"
import { inboxFact } from "../rules.ts"
import { holdersOf } from "../store.ts"
import { insertItem, wasDone } from "./store.ts"

/** Adds one item to 我的待辦 and to the next daily mail of its audience; no facts when it is there already. */
export async function addInboxItem(tx: Tx, context: Context, draft: InboxDraft): Promise<readonly Fact[]> {
  const item = await insertNew(tx, context, draft)
  if (item === null) return []
  return [inboxFact("inbox-item-added", item, { kind: item.kind, title: item.title, link: item.link })]
}

/** Tells ethics officers and auditors of something that should not be; one open finding per code and subject. */
export async function raiseFinding(
  tx: Tx,
  context: Context,
  finding: FindingDraft,
): Promise<readonly Fact[]> {
  const { code, duty, about, title, detail } = finding
  const item = await insertNew(tx, context, {
    kind: "finding",
    title,
    link: finding.link ?? "/ledger",
    duty: duty === "internal" ? null : duty,
    about,
    audience: { roles: ["ethics-officer", "auditor"], unit: null },
    once: findingKey({ code, about }),
  })
  return item === null ? [] : [inboxFact("finding-raised", item, { code, title, detail })]
}

/** Whether this very finding was acknowledged before. */
export function isAcknowledged(tx: Tx, finding: Pick<FindingDraft, "code" | "about">): Promise<boolean> {
  return wasDone(tx, findingKey(finding))
}

function findingKey({ code, about }: Pick<FindingDraft, "code" | "about">): string {
  return `finding:${code}:${about.type}:${about.id}`
}

async function insertNew(tx: Tx, context: Context, draft: InboxDraft): Promise<InboxItem | null> {
  const id = newId() as InboxItemId
  const item: InboxItem = { ...draft, id, createdAt: context.now, doneAt: null, doneBy: null, version: 1 }
  if (!(await insertItem(tx, item))) return null
  for (const person of await peopleOf(tx, context, draft.audience))
    await addReminder(tx, context, { ...reminderOf(item), person })
  return item
}

function reminderOf({ id, title, link }: InboxItem) {
  return {
    subject: subjectOf(id),
    stage: "added",
    kind: "inbox",
    itemNumber: title,
    link,
    due: null,
  } as const
}

/** How reminders name an item. */
export function subjectOf(id: InboxItemId): string {
  return `inbox-item:${id}`
}

async function peopleOf(tx: Tx, { now }: Context, audience: Audience): Promise<readonly PersonId[]> {
  return "person" in audience ? [audience.person] : holdersOf(tx, audience.roles, audience.unit, now)
}
