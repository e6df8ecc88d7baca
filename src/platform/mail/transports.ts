import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { createTransport, type SendMailOptions } from "nodemailer"
import { writeDurably } from "../files/durable.ts"
import type { MailTransport, OutboxMail, SendResult } from "./model.ts"

export interface Letterhead {
  /** Sender's address. */
  readonly from: string
  /** What stands before every link: scheme, host and port. */
  readonly origin: string
}

const CONNECT_TIMEOUT_MS = 20_000
const SILENCE_TIMEOUT_MS = 60_000
/** A result must stand before the claim on the mail ends. */
const WHOLE_TIMEOUT_MS = 5 * 60_000

/** Sends by the server that `url` names (`smtp://` with STARTTLS where offered, or `smtps://`; RFC 5321). */
export function smtpTransport(url: string, letterhead: Letterhead): MailTransport {
  const transport = createTransport({
    url,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const send = async (mail: OutboxMail): Promise<SendResult> => {
    try {
      const signal = AbortSignal.timeout(WHOLE_TIMEOUT_MS)
      const { response } = await transport.sendMail({ ...composed(mail, letterhead), signal })
      return { outcome: "accepted", response }
    } catch (error) {
      return failureOf(error)
    }
  }
  return { send }
}

/** Keeps every mail as `<id>.eml` in `directory` for whoever has no mail server; the same mail overwrites itself. */
export function keepingTransport(directory: string, letterhead: Letterhead): MailTransport {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: "windows" })
  const send = async (mail: OutboxMail): Promise<SendResult> => {
    const { message } = await composer.sendMail(composed(mail, letterhead))
    if (!Buffer.isBuffer(message)) throw new Error("the mail was not composed in memory")
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await writeDurably(join(directory, `${mail.id}.eml`), message)
    return { outcome: "kept", response: `${mail.id}.eml` }
  }
  return { send }
}

function composed(mail: OutboxMail, { from, origin }: Letterhead): SendMailOptions {
  const attachment = mail.attachment && { filename: mail.attachment.name, content: mail.attachment.text }
  return {
    from,
    to: mail.to,
    subject: mail.subject,
    text: mail.link === null ? mail.body : `${mail.body}\n\n${origin}${mail.link}\n`,
    date: new Date(mail.queuedAt),
    messageId: mail.messageId,
    headers: { "Auto-Submitted": "auto-generated" }, // RFC 3834: no out-of-office replies
    ...(attachment === null ? {} : { attachments: [attachment] }),
  }
}

/** Only a lasting answer about this recipient or message ends a mail; all else may be a server set up wrongly. */
function failureOf(error: unknown): SendResult {
  const { code, command, responseCode, response } = error as {
    code?: string
    command?: string
    responseCode?: number
    response?: string
  }
  const said = response ?? code ?? "no answer"
  if (code === "EMESSAGE" && responseCode === undefined) return { outcome: "refused", response: said } // too large
  const isAboutThisMail = command === "RCPT TO" || command === "DATA"
  if (responseCode === undefined || !isAboutThisMail) return { outcome: "unreachable", response: said }
  return { outcome: responseCode >= 500 ? "refused" : "deferred", response: said }
}
