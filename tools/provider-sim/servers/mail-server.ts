import { writeFile } from "node:fs/promises"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { simpleParser } from "mailparser"
import { SMTPServer, type SMTPServerDataStream } from "smtp-server"

/** A mail that the provider's server took. */
export interface ReceivedMail {
  readonly queueId: string
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
  readonly messageId: string
  readonly text: string
  /** Where the mail lies as it came. */
  readonly file: string
}

/** How the server misbehaves, for tests; may be changed while it runs. */
export interface MailFaults {
  /** Answer mails with this code and text instead of taking them. */
  refuseWith?: { code: number; text: string } | undefined
}

export interface MailServer {
  readonly host: string
  readonly port: number
  readonly received: readonly ReceivedMail[]
  readonly faults: MailFaults
  stop: () => Promise<void>
}

const MAX_MAIL = 25 * 1024 * 1024

/** Takes every mail (RFC 5321, no sign-in), keeps it as `.eml` in `directory` and tells `onMail`. */
export async function startMailServer(options: {
  readonly directory: string
  readonly port: number
  readonly host: string
  readonly onMail?: ((mail: ReceivedMail) => void) | undefined
}): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const faults: MailFaults = {}
  const server = new SMTPServer({
    name: "provider-simulator",
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    size: MAX_MAIL,
    closeTimeout: 100,
    onData: (stream, session, callback) => {
      const to = session.envelope.rcptTo.map((recipient) => recipient.address)
      const queueId = session.id + String(received.length)
      take(stream, faults, join(options.directory, `${queueId}.eml`)).then(
        (mail) => {
          const from = session.envelope.mailFrom === false ? "" : session.envelope.mailFrom.address
          const entry = { queueId, from, to, ...mail }
          received.push(entry)
          options.onMail?.(entry)
          callback(null, `queued as ${queueId}`)
        },
        (error: unknown) => callback(error instanceof Error ? error : new Error("could not keep the mail")),
      )
    },
  })
  server.on("error", () => undefined) // connections reset by clients
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(options.port, options.host, resolve)
  })
  const { port } = server.server.address() as AddressInfo
  return {
    host: options.host,
    port,
    received,
    faults,
    stop: () => closed(server),
  }
}

async function take(stream: SMTPServerDataStream, faults: MailFaults, file: string) {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  if (faults.refuseWith !== undefined)
    throw Object.assign(new Error(faults.refuseWith.text), { responseCode: faults.refuseWith.code })
  if (stream.sizeExceeded) throw Object.assign(new Error("message too large"), { responseCode: 552 })
  const raw = Buffer.concat(chunks)
  await writeFile(file, raw)
  const parsed = await simpleParser(raw, { skipImageLinks: true })
  return { subject: parsed.subject ?? "", messageId: parsed.messageId ?? "", text: parsed.text ?? "", file }
}

function closed(server: SMTPServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(resolve)
  })
}
