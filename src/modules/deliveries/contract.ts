import { z } from "zod"
import { endpoint } from "../../contract/endpoint.ts"
import { pageOf, Paging } from "../../contract/paging.ts"
import { DeliveryDetail, DeliverySummary, FormatInput, ReasonView } from "./views.ts"
import { act, byId, count, fileName, instant, Reason, remotePath, text } from "./contracts/parts.ts"

export * from "./contracts/projects.ts"
export * from "./contracts/register.ts"
export type {
  CorrectionView,
  DeliveryDetail,
  DeliverySummary,
  LateEntryView,
  ProjectView,
  RegisterRowView,
} from "./views.ts"

const Channel = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("mail") }),
  z.strictObject({
    kind: z.literal("paper"),
    number: text(100),
    date: z.iso.date(),
    /** Who signed for it: a person of the office that is told. */
    receiver: z.uuid().nullable(),
    scan: z.uuid().nullable(),
  }),
])
const Notice = z.strictObject({ happenedAt: instant, channel: Channel })
export const keepProviderMail = endpoint({
  method: "POST",
  path: "/provider-mails",
  summary: "保存提供機關通知之原始郵件（.eml）",
  body: "stream",
  reply: z.object({
    file: z.uuid(),
    sha256: z.string(),
    messageId: z.string().nullable(),
    from: z.string(),
    subject: z.string(),
    date: z.string().nullable(),
  }),
  refuses: [
    "NOT_PERMITTED",
    "NOTICE_MAIL_EMPTY",
    "NOTICE_MAIL_TOO_LARGE",
    "NOTICE_MAIL_IS_OUTLOOK_MSG",
    "NOTICE_MAIL_NOT_A_MAIL",
    "NOTICE_MAIL_TOO_COMPLEX",
  ],
})

export const openProviderMail = endpoint({
  method: "GET",
  path: "/deliveries/:id/mail",
  summary: "取出保存之提供機關通知原始郵件（.eml）",
  params: byId,
  reply: "file",
  refuses: ["NOT_FOUND"],
})

export const recordProviderNotice = endpoint({
  method: "POST",
  path: "/deliveries",
  summary: "登錄提供機關通知",
  body: z.strictObject({
    project: z.uuid(),
    happenedAt: instant,
    declaredRecords: count,
    appliedFor: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("count"), records: count }),
      z.strictObject({ kind: z.literal("whole-population") }),
    ]),
    fileName,
    format: FormatInput,
    /** As `POST /provider-mails` kept it. */
    mail: z.uuid().nullable(),
  }),
  reply: byId,
  refuses: [
    "NOT_PERMITTED",
    "PROJECT_MISSING",
    "CUSTODIAN_MISSING",
    "MODE_NOT_ALLOWED",
    "LINKAGE_NOT_ACTIVE",
    "PROVIDER_MAIL_UNKNOWN",
    "EVENT_IN_FUTURE",
  ],
})

export const listDeliveries = endpoint({
  method: "GET",
  path: "/deliveries",
  summary: "資料檔案",
  query: Paging.extend({
    state: z.string().max(30).optional(),
    search: text(60).optional(),
    sort: z.enum(["updated", "number"]).default("updated"),
  }),
  reply: pageOf(DeliverySummary),
  refuses: [],
})

export const readDelivery = endpoint({
  method: "GET",
  path: "/deliveries/:id",
  summary: "資料檔案之全部經過與可辦事項",
  params: byId,
  reply: DeliveryDetail,
  refuses: ["NOT_FOUND"],
})

export const requestDownload = act("request-download", "書面或電子郵件通知資訊室下載（6-1a）", Notice, [
  "NOT_HANDLER_OF_DELIVERY",
  "CUSTODIAN_MISSING",
  "LINKAGE_NOT_ACTIVE",
  "PAPER_NOTICE_INCOMPLETE",
  "PAPER_NOTICE_IN_FUTURE",
  "PAPER_RECEIVER_WRONG",
  "SCAN_UNKNOWN",
  "SCAN_USED",
  "EVENT_IN_FUTURE",
  "EVENT_OUT_OF_ORDER",
])
export const notifyReady = act("notify-ready", "書面或電子郵件通知承辦人存取（6-1c）", Notice, [
  "NOT_DOWNLOADED",
  "PAPER_NOTICE_INCOMPLETE",
  "PAPER_NOTICE_IN_FUTURE",
  "PAPER_RECEIVER_WRONG",
  "SCAN_UNKNOWN",
  "SCAN_USED",
  "EVENT_IN_FUTURE",
  "EVENT_OUT_OF_ORDER",
])
/** The scan of a paper notice about this delivery. */
export const openScan = endpoint({
  method: "GET",
  path: "/deliveries/:id/notices/:notice/scan",
  summary: "檢視書面通知經簽收之掃描檔",
  params: byId.extend({ notice: z.uuid() }),
  reply: "file",
  refuses: ["NOT_FOUND"],
})
export const lapseDelivery = act("lapse", "提供機關撤回或逾期未取", Reason.extend({ happenedAt: instant }), [
  "LAPSE_NEEDS_REASON",
  "EVENT_IN_FUTURE",
  "EVENT_OUT_OF_ORDER",
])

export const listRemoteFiles = endpoint({
  method: "GET",
  path: "/deliveries/:id/remote-files",
  summary: "提供機關 SFTP 主機上之檔案",
  params: byId,
  reply: z.array(z.object({ path: z.string(), bytes: z.number() })),
  refuses: [
    "NOT_FOUND",
    "NOT_IT_OFFICE",
    "CONNECTOR_MISSING",
    "WRONG_HOST_KEY",
    "WRONG_CREDENTIALS",
    "REMOTE_UNREACHABLE",
  ],
})
export const startDownload = act(
  "download",
  "自提供機關 SFTP 主機下載（6-1b）",
  z.strictObject({ path: remotePath }),
  [
    "NOT_IT_OFFICE",
    "NOTICE_NOT_SENT",
    "CONNECTOR_MISSING",
    "WRONG_HOST_KEY",
    "WRONG_CREDENTIALS",
    "REMOTE_UNREACHABLE",
  ],
)

/**
 * Begins an upload or tells how far it came; `offset` bytes are durable. `fingerprint` is the hex SHA-256 of: the size
 * as 8 bytes, big-endian; the first MiB; the last MiB (2^20 bytes each, or the whole file where it is shorter).
 */
export const openUpload = endpoint({
  method: "POST",
  path: "/deliveries/:id/upload",
  summary: "開始或接續上傳（6-1b）；restart 為 true 者重新開始，已收部分即予銷毀",
  params: byId,
  body: z.strictObject({
    bytes: z.int().min(0),
    fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
    restart: z.boolean().default(false),
  }),
  reply: z.object({ upload: z.uuid(), offset: z.int() }),
  refuses: ["NOT_FOUND", "NOT_IT_OFFICE", "NOTICE_NOT_SENT", "BODY_TOO_LARGE", "UPLOAD_OTHER_FILE"],
})
/** Takes the bytes from `offset` on, never beyond those announced; `upload` is the id that opening gave. */
export const appendUpload = endpoint({
  method: "PUT",
  path: "/deliveries/:id/upload",
  summary: "上傳檔案內容，自 offset 起",
  params: byId,
  query: z.object({ upload: z.uuid(), offset: z.coerce.number().int().min(0) }),
  body: "stream",
  reply: z.object({ offset: z.int() }),
  refuses: [
    "NOT_FOUND",
    "NOT_IT_OFFICE",
    "TRANSFER_SUPERSEDED",
    "UPLOAD_OFFSET_WRONG",
    "UPLOAD_BEYOND_ANNOUNCED",
  ],
})
export const finishUpload = act(
  "upload/finish",
  "完成上傳，計數並保存；空白檔案亦予保存並敘明",
  z.strictObject({ upload: z.uuid(), name: fileName }),
  ["NOT_IT_OFFICE", "TRANSFER_SUPERSEDED", "UPLOAD_INCOMPLETE"],
)

/** `format` null: as counted before. `countProblem`: why the machine again could not; that too is recorded. */
export const countAgain = {
  ...act(
    "count",
    "以提供機關之壓縮檔密碼或更正後之格式重新計數；密碼不予儲存",
    z.strictObject({ password: z.string().max(200).nullable(), format: FormatInput.nullable() }),
    ["ARCHIVE_PASSWORD_WRONG", "NOT_DOWNLOADED", "ALREADY_RELEASED"],
  ),
  reply: z.object({ countProblem: ReasonView.nullable() }),
}
export const setAsideFile = act("set-aside", "檔案不予採用，保留原檔，另行取檔（6-1b）", Reason, [
  "NOT_IT_OFFICE",
  "NOT_DOWNLOADED",
  "ALREADY_RELEASED",
  "FILE_IS_REGISTERED",
  "SET_ASIDE_NEEDS_REASON",
])
/** The first lines with every character replaced by its class (字, A, 9). */
export const previewFile = endpoint({
  method: "GET",
  path: "/deliveries/:id/preview",
  summary: "檔案開頭之字元類別",
  params: byId,
  reply: z.object({ lines: z.array(z.string()) }),
  refuses: ["NOT_FOUND", "NOT_PERMITTED", "NOT_DOWNLOADED"],
})

export const releaseDelivery = act("release", "提供資料（6-2d）", z.strictObject({ to: z.uuid() }), [
  "STAMPS_MISSING",
  "NOTICE_BACK_NOT_SENT",
  "RELEASE_TO_HANDLER_ONLY",
  "REGISTER_NOT_FILLED",
  "ALREADY_RELEASED",
])
export const openFile = endpoint({
  method: "POST",
  path: "/deliveries/:id/open",
  summary: "開啟資料檔案；開啟本身即為紀錄",
  params: byId,
  reply: "file",
  refuses: ["NOT_FOUND", "NOT_PERMITTED", "NOT_RELEASED", "RELEASE_TO_HANDLER_ONLY", "LEDGER_UNAVAILABLE"],
})
export const compareCounts = act(
  "comparison",
  "比對筆數並紀錄於比對狀況欄（6-3）",
  z.strictObject({ accessedRecords: count, explanation: text(500).nullable(), happenedAt: instant }),
  [
    "NOT_RELEASED",
    "NOT_ACCESSED",
    "COUNT_MISMATCH_UNEXPLAINED",
    "COUNT_OTHER_THAN_NOTICE",
    "EVENT_IN_FUTURE",
    "EVENT_OUT_OF_ORDER",
  ],
)
export const confirmComparison = act("comparison/confirm", "業務單位主管核章", z.strictObject({}), [
  "COMPARISON_MISSING",
  "CORRECTION_UNCONFIRMED",
])
export const disputeCounts = act(
  "comparison/dispute",
  "向提供機關提出疑義",
  z.strictObject({ letter: text(100).min(1), reason: text(500).min(1), happenedAt: instant }),
  ["COMPARISON_MISSING", "EVENT_IN_FUTURE"],
)
