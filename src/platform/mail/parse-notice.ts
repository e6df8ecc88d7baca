import { createHash } from "node:crypto"
import { simpleParser, type ParsedMail } from "mailparser"
import { instantOf, type Instant } from "../../kernel/time.ts"

/** What a provider's mail says about itself. Everything but the digest is the sender's claim. */
export interface NoticeMail {
  readonly from: { readonly name: string; readonly address: string }
  /** The `Date` header; `null` when missing or unreadable. */
  readonly date: Instant | null
  readonly subject: string
  /** With angle brackets, or `null`. */
  readonly messageId: string | null
  readonly attachments: readonly NoticeAttachment[]
  /** Lower-case hexadecimal SHA-256 of the original bytes. */
  readonly sha256: string
}

export interface NoticeAttachment {
  readonly name: string
  readonly contentType: string
  readonly bytes: number
  readonly sha256: string
}

/** Why a dropped file is no notice. Each is a row of the refusal table; the file itself is the caller's to keep. */
export type NoticeMailProblem =
  | "NOTICE_MAIL_EMPTY"
  | "NOTICE_MAIL_TOO_LARGE" // more than MAX_NOTICE_BYTES
  | "NOTICE_MAIL_IS_OUTLOOK_MSG" // Outlook's own .msg: to be saved as .eml
  | "NOTICE_MAIL_NOT_A_MAIL" // no header lines, or no sender
  | "NOTICE_MAIL_TOO_COMPLEX" // too many parts, nested too deep, or headers too long

export const MAX_NOTICE_BYTES = 25 * 1024 * 1024
const MAX_PARTS = 100
const MAX_HEADER_BYTES = 256 * 1024
const MAX_MULTIPARTS = 20
const OUTLOOK_MSG = Buffer.from("d0cf11e0a1b11ae1", "hex")
const HEADER_LINE = /^[\x21-\x39\x3b-\x7e]{1,76}:/ // RFC 5322 §2.2

/** Reads the provider's mail as saved from a mail program (`.eml`, RFC 5322). Never throws for what is in the bytes. */
export async function parseNotice(
  eml: Buffer,
): Promise<
  | { readonly ok: true; readonly notice: NoticeMail }
  | { readonly ok: false; readonly problem: NoticeMailProblem }
> {
  const problem = problemOf(eml)
  if (problem !== null) return { ok: false, problem }
  const parsed = await read(eml)
  if (parsed === null) return { ok: false, problem: "NOTICE_MAIL_TOO_COMPLEX" }
  const sender = parsed.from?.value[0]
  if (sender?.address === undefined || sender.address === "")
    return { ok: false, problem: "NOTICE_MAIL_NOT_A_MAIL" }
  return {
    ok: true,
    notice: {
      from: { name: sender.name, address: sender.address },
      date: instantOrNull(parsed.date),
      subject: parsed.subject ?? "",
      messageId: parsed.messageId ?? null,
      attachments: parsed.attachments.map(({ filename, contentType, content, size }) => {
        return { name: filename ?? "", contentType, bytes: size, sha256: sha256Of(content) }
      }),
      sha256: sha256Of(eml),
    },
  }
}

function problemOf(eml: Buffer): NoticeMailProblem | null {
  if (eml.length === 0) return "NOTICE_MAIL_EMPTY"
  if (eml.length > MAX_NOTICE_BYTES) return "NOTICE_MAIL_TOO_LARGE"
  if (eml.subarray(0, OUTLOOK_MSG.length).equals(OUTLOOK_MSG)) return "NOTICE_MAIL_IS_OUTLOOK_MSG"
  const start = eml.toString("latin1", 0, 1024).replace(/^From [^\r\n]*\r?\n/, "") // the first line of an mbox
  if (!HEADER_LINE.test(start)) return "NOTICE_MAIL_NOT_A_MAIL"
  return multipartsIn(eml) > MAX_MULTIPARTS ? "NOTICE_MAIL_TOO_COMPLEX" : null
}

/** Headers that open a multipart; parts cannot be nested deeper than there are such headers. */
function multipartsIn(eml: Buffer): number {
  const text = eml.toString("latin1")
  return text.match(/^content-type:[ \t]*(?:\r?\n[ \t]+)?multipart\//gim)?.length ?? 0
}

/** `null` when a limit of the parser was met. */
async function read(eml: Buffer): Promise<ParsedMail | null> {
  try {
    return await simpleParser(eml, {
      skipHtmlToText: true,
      skipImageLinks: true,
      skipTextToHtml: true,
      skipTextLinks: true,
      ignoreEmbedded: true,
      checksumAlgo: false,
      maxHeadSize: MAX_HEADER_BYTES,
      maxChildNodes: MAX_PARTS,
    })
  } catch {
    return null
  }
}

function instantOrNull(date: Date | undefined): Instant | null {
  return date === undefined || Number.isNaN(date.getTime()) ? null : instantOf(date.getTime())
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex")
}
