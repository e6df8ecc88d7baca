import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { noticeMail, type NoticeOptions } from "./notice.ts"
import { publishFile, type FileSpec, type Published } from "./publish.ts"
import { hostKeyOf, passwordOf } from "./servers/host-key.ts"
import { startMailServer, type MailFaults, type ReceivedMail } from "./servers/mail-server.ts"
import { startSftpServer, type SftpFaults, type SftpServer } from "./servers/sftp-server.ts"

export interface ProviderSimOptions {
  /** Where its host key, password, files and received mails are kept. */
  readonly dir: string
  /** The same seed makes the same people; default 1. */
  readonly seed?: number
  /** 0 takes a free port. */
  readonly sftpPort: number
  /** 0 takes a free port. */
  readonly smtpPort: number
  /** Default `127.0.0.1`. */
  readonly host?: string
  readonly user?: string
  readonly password?: string
  readonly faults?: SftpFaults
  readonly onMail?: (mail: ReceivedMail) => void
}

export interface ProviderSim {
  readonly sftp: {
    readonly host: string
    readonly port: number
    readonly user: string
    readonly password: string
    /** As `ssh-keygen -lf` prints it: `SHA256:` and unpadded base64. */
    readonly hostKeyFingerprint: string
  }
  readonly smtp: { readonly host: string; readonly port: number }
  /** Faults to act; change them while it runs. */
  readonly faults: SftpFaults
  readonly mailFaults: MailFaults
  /** SFTP sign-in attempts seen so far. */
  readonly signInAttempts: SftpServer["attempts"]
  readonly traffic: SftpServer["traffic"]
  /** Makes a file of synthetic people and shows it on the SFTP server. */
  publish: (spec: FileSpec) => Promise<Published>
  /** The provider's mail about a published file, as an `.eml`. */
  noticeMail: (options: NoticeOptions) => Promise<Buffer>
  /** Mails received from the agency since the start, oldest first. */
  receivedMails: () => readonly ReceivedMail[]
  stop: () => Promise<void>
}

/** Starts a provider: an SFTP server with files of people who do not exist, and a mail server. */
export async function startProviderSim(options: ProviderSimOptions): Promise<ProviderSim> {
  const { dir, host = "127.0.0.1", user = "agency" } = options
  const files = join(dir, "files")
  const mails = join(dir, "mails")
  await mkdir(files, { recursive: true, mode: 0o700 })
  await mkdir(mails, { recursive: true, mode: 0o700 })
  const { privateKey, fingerprint } = await hostKeyOf(dir)
  const password = options.password ?? (await passwordOf(dir))
  const faults = options.faults ?? {}
  const sftp = await startSftpServer({
    root: files,
    port: options.sftpPort,
    host,
    privateKey,
    user,
    password,
    faults,
  })
  const smtp = await startMailServer({
    directory: mails,
    port: options.smtpPort,
    host,
    onMail: options.onMail,
  }).catch(async (error: unknown) => {
    await sftp.stop()
    throw error
  })
  return {
    sftp: { host, port: sftp.port, user, password, hostKeyFingerprint: fingerprint },
    smtp: { host, port: smtp.port },
    faults: sftp.faults,
    mailFaults: smtp.faults,
    signInAttempts: sftp.attempts,
    traffic: sftp.traffic,
    publish: (spec) => publishFile(files, options.seed ?? 1, spec),
    noticeMail,
    receivedMails: () => smtp.received,
    stop: async () => {
      await Promise.all([sftp.stop(), smtp.stop()])
    },
  }
}
