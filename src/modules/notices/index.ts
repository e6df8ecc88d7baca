import type { Json } from "../../kernel/decision.ts"
import type { FileId, NoticeId } from "../../kernel/ids.ts"
import type { Aggregate, Module } from "../../runtime/index.ts"
import { listItemIds, loadItem } from "./inbox/store.ts"
import type { InboxItemId } from "./model.ts"
import { inboxTasksOf } from "./reads.ts"
import { noticesRoutes } from "./routes.ts"
import { listScanIds, readScan } from "./scans/store.ts"
import { listNoticeIds, readNotice } from "./store.ts"

export { createNotice, noticeMailHandlers } from "./give-notice.ts"
export { addInboxItem, isAcknowledged, raiseFinding } from "./inbox/add-item.ts"
export { passwordLinkTold } from "./inbox/tell-of-link.ts"
export { simultaneousUseTold } from "./inbox/tell-of-sharing.ts"
export type {
  Audience,
  Channel,
  FindingDraft,
  InboxDraft,
  NoticeDraft,
  NoticeState,
  Paper,
  Reminder,
  ReminderKind,
  Subject,
} from "./model.ts"
export { mailCheckpoint } from "./morning/mail-checkpoint.ts"
export { addReminder, withdrawReminders } from "./morning/reminders.ts"
export { sendDigests } from "./morning/send-digests.ts"
export { noticesAbout } from "./reads.ts"
export { stands } from "./rules.ts"
export { sendScan } from "./scans/send-scan.ts"
export { isScanUsed, readScan, type Scan } from "./scans/store.ts"

const noticeAggregate: Aggregate = {
  type: "notice",
  stateOf: async (tx, id) => {
    const notice = await readNotice(tx, id as NoticeId)
    return notice === null ? null : { version: notice.version, state: notice as unknown as Json }
  },
  listIds: listNoticeIds,
}

const inboxItemAggregate: Aggregate = {
  type: "inbox-item",
  stateOf: async (tx, id) => {
    const item = await loadItem(tx, id as InboxItemId)
    return item === null ? null : { version: item.version, state: item as unknown as Json }
  },
  listIds: listItemIds,
}

const scanAggregate: Aggregate = {
  type: "scan",
  stateOf: async (tx, id) => {
    const scan = await readScan(tx, id as FileId)
    return scan === null ? null : { version: 1, state: scan as unknown as Json }
  },
  listIds: listScanIds,
}

export const notices: Module = {
  name: "notices",
  aggregates: [noticeAggregate, inboxItemAggregate, scanAggregate],
  routes: noticesRoutes,
  tasksOf: inboxTasksOf,
}
