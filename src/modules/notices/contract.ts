import { z } from "zod"
import { endpoint } from "../../contract/endpoint.ts"
import { pageOf, Paging } from "../../contract/paging.ts"

/** A legal notice as the item it is about shows it. */
export const NoticeView = z.object({
  id: z.uuid(),
  duty: z.string(),
  itemNumber: z.string(),
  channel: z.enum(["mail", "paper"]),
  state: z.enum(["queued", "accepted", "failed", "given"]),
  /** Whether 6-1 is satisfied; otherwise `label` begins with 尚未完成通知. */
  stands: z.boolean(),
  label: z.string(),
  from: z.string().nullable(),
  recipients: z.array(
    z.object({
      name: z.string(),
      state: z.enum(["queued", "accepted", "failed", "given"]),
      messageId: z.string().nullable(),
      response: z.string().nullable(),
      settledAt: z.string().nullable(),
    }),
  ),
  paper: z
    .object({ number: z.string(), date: z.string(), receiver: z.string(), scan: z.uuid().nullable() })
    .nullable(),
  happenedAt: z.string(),
  recordedAt: z.string(),
  settledAt: z.string().nullable(),
})
export type NoticeView = z.infer<typeof NoticeView>

export const InboxItemView = z.object({
  id: z.uuid(),
  kind: z.string(),
  title: z.string(),
  link: z.string(),
  duty: z.string().nullable(),
  about: z.object({ type: z.string(), id: z.string() }),
  createdAt: z.string(),
})
export type InboxItemView = z.infer<typeof InboxItemView>

export const listInbox = endpoint({
  method: "GET",
  path: "/inbox",
  summary: "待辦事項與缺失：尚未處理者，先到在前",
  query: Paging,
  reply: pageOf(InboxItemView),
  refuses: [],
})

/** A mail of the program to the reader's own address; those with a secret link are never shown. */
export const MailView = z.object({
  id: z.uuid(),
  subject: z.string(),
  body: z.string(),
  link: z.string().nullable(),
  /** `kept`: there is no mail server, so that this is all that came of it. */
  state: z.enum(["waiting", "accepted", "kept", "failed"]),
  queuedAt: z.string(),
})
export type MailView = z.infer<typeof MailView>

export const listMyMails = endpoint({
  method: "GET",
  path: "/mails",
  summary: "系統寄給本人之郵件，最新者在前",
  reply: z.array(MailView),
  refuses: [],
})

export const keepScan = endpoint({
  method: "POST",
  path: "/scans",
  summary: "保存書面通知經簽收之掃描檔（PDF、JPEG、PNG、TIFF）",
  body: "stream",
  reply: z.object({ file: z.uuid(), sha256: z.string() }),
  refuses: ["NOT_PERMITTED", "SCAN_TYPE_WRONG", "BODY_TOO_LARGE"],
})

export const acknowledgeInboxItem = endpoint({
  method: "POST",
  path: "/inbox/:id/acknowledge",
  summary: "確認已處理待辦事項",
  params: z.object({ id: z.uuid() }),
  body: z.strictObject({}),
  reply: "nothing",
  refuses: ["NOT_FOUND", "INBOX_ITEM_DONE"],
})
