import { createHash, timingSafeEqual } from "node:crypto"
import { connect, type Socket } from "node:net"
import type { FileEntryWithStats, Stats } from "ssh2"
import SftpClient from "ssh2-sftp-client"

/** A provider's SFTP server and how to sign in. Give `password` or `privateKey` (OpenSSH or PEM text). */
export interface SftpTarget {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password?: string | undefined
  readonly privateKey?: string | undefined
  /** The pinned key as `ssh-keygen -lf` prints it: `SHA256:` and unpadded base64. */
  readonly hostKeyFingerprint: string
}

/** Why a provider's server gave nothing. Each is a row of the refusal table. */
export type SftpRefusalCode =
  | "WRONG_HOST_KEY" // another key than the pinned one; nothing was sent to that server
  | "WRONG_CREDENTIALS"
  | "REMOTE_FILE_MISSING" // no such file or directory
  | "REMOTE_FILE_DENIED"
  | "REMOTE_FILE_CHANGED" // size or time changed while it was read, or since the part kept
  | "REMOTE_UNREACHABLE" // no address, no answer, or the connection broke too often
  | "DOWNLOAD_STOPPED" // the caller's signal

/** A refusal on its way to the function that returns it as a value. */
export class SftpRefused extends Error {
  readonly code: SftpRefusalCode
  constructor(code: SftpRefusalCode) {
    super(code)
    this.code = code
  }
}

export interface HostKey {
  /** Such as `ssh-ed25519`. */
  readonly algorithm: string
  readonly fingerprint: string
}

/** The raw SFTP channel that ssh2-sftp-client opens. */
type Channel = Awaited<ReturnType<SftpClient["connect"]>>

/** What ssh2 tells when a server asks questions: name, instructions, language, prompts, answer function. */
type KeyboardInteractive = [string, string, string, readonly unknown[], (answers: readonly string[]) => void]

const SIGN_IN_TIMEOUT_MS = 20_000
const NO_SUCH_FILE = 2
const PERMISSION_DENIED = 3
const OP_UNSUPPORTED = 8

/** Asks the server for its host key and leaves without signing in, so that an administrator can pin it. */
export async function probeHostKey(
  host: string,
  port: number,
): Promise<({ readonly ok: true } & HostKey) | { readonly ok: false; readonly code: "REMOTE_UNREACHABLE" }> {
  let seen: HostKey | undefined
  const socket = connect({ host, port, noDelay: true })
  const hostVerifier = (key: Buffer): boolean => {
    seen = describeHostKey(key)
    return false
  }
  await quietClient()
    .connect({ sock: socket, username: "probe", hostVerifier, readyTimeout: SIGN_IN_TIMEOUT_MS })
    .catch(() => undefined) // always ends in an error, because the verifier says no
  socket.destroy()
  return seen === undefined ? { ok: false, code: "REMOTE_UNREACHABLE" } : { ok: true, ...seen }
}

/**
 * Opens a session, gives it to `work` and cuts the connection afterwards. Throws SftpRefused; what `work` throws
 * passes through. A connection silent for `stallMs` counts as broken. MUST NOT send credentials to a server whose
 * key is not the pinned one.
 */
export async function withSession<T>(
  target: SftpTarget,
  stallMs: number,
  work: (session: SftpSession) => Promise<T>,
): Promise<T> {
  const socket = connect({ host: target.host, port: target.port, noDelay: true })
  try {
    const channel = await signIn(target, socket)
    socket.setTimeout(stallMs, () => socket.destroy())
    return await work(new SftpSession(channel, socket))
  } finally {
    socket.destroy() // everything asked for is answered by now, and a dead server would not say goodbye
  }
}

/** Requests of a session; each rejects when the connection breaks, also one made after that. */
export class SftpSession {
  readonly #channel: Channel
  readonly #socket: Socket
  readonly #waiting = new Set<(reason: Error) => void>()

  constructor(channel: Channel, socket: Socket) {
    this.#channel = channel
    this.#socket = socket
    socket.once("close", () => {
      for (const reject of this.#waiting) reject(new SftpRefused("REMOTE_UNREACHABLE"))
    })
  }

  list(directory: string): Promise<readonly FileEntryWithStats[]> {
    return this.#ask((done) => this.#channel.readdir(directory, done))
  }

  open(path: string): Promise<Buffer> {
    return this.#ask((done) => this.#channel.open(path, "r", done))
  }

  stat(path: string): Promise<Stats> {
    return this.#ask((done) => this.#channel.stat(path, done))
  }

  statOpen(handle: Buffer): Promise<Stats> {
    return this.#ask((done) => this.#channel.fstat(handle, done))
  }

  /** Up to `length` bytes at `position`; fewer only at the end of the file. */
  async read(handle: Buffer, position: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafeSlow(length)
    let filled = 0
    while (filled < length) {
      const at = filled
      const count = await this.#ask<number>((done) =>
        this.#channel.read(handle, buffer, at, length - at, position + at, done),
      )
      if (count === 0) break
      filled += count
    }
    return buffer.subarray(0, filled)
  }

  #ask<T>(start: (done: (error: Error | undefined, value: T) => void) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) throw new SftpRefused("REMOTE_UNREACHABLE")
      this.#waiting.add(reject)
      start((error, value) => {
        this.#waiting.delete(reject)
        if (error) reject(error)
        else resolve(value)
      })
    })
  }
}

async function signIn(target: SftpTarget, socket: Socket): Promise<Channel> {
  const { user: username, password, privateKey } = target
  let refusal: SftpRefusalCode = "REMOTE_UNREACHABLE"
  const client = quietClient()
  client.on("error", (error: { level?: string }) => {
    if (error.level === "client-authentication") refusal = "WRONG_CREDENTIALS"
  })
  client.on("keyboard-interactive", (...[, , , prompts, finish]: KeyboardInteractive) => {
    finish(prompts.length === 1 && password !== undefined ? [password] : []) // never a guess at a second question
  })
  const hostVerifier = (key: Buffer): boolean => {
    const isPinned = sameText(describeHostKey(key).fingerprint, target.hostKeyFingerprint)
    if (!isPinned) refusal = "WRONG_HOST_KEY"
    return isPinned
  }
  const options = {
    sock: socket,
    username,
    ...(password === undefined ? {} : { password }),
    ...(privateKey === undefined ? {} : { privateKey }),
    tryKeyboard: password !== undefined, // some servers ask for the password only this way (RFC 4256)
    hostVerifier,
    readyTimeout: SIGN_IN_TIMEOUT_MS,
  }
  return client.connect(options).catch((error: unknown) => {
    throw new SftpRefused(isUnreadableKey(error) ? "WRONG_CREDENTIALS" : refusal)
  })
}

/** The refusal behind an error of a session; `null` when the connection broke and another try may help. */
export function refusalOf(error: unknown): SftpRefusalCode | null {
  if (error instanceof SftpRefused) return error.code === "REMOTE_UNREACHABLE" ? null : error.code
  switch (error instanceof Error && "code" in error ? error.code : undefined) {
    case NO_SUCH_FILE:
      return "REMOTE_FILE_MISSING"
    case PERMISSION_DENIED:
    case OP_UNSUPPORTED:
      return "REMOTE_FILE_DENIED"
    default:
      return null
  }
}

function describeHostKey(key: Buffer): HostKey {
  const length = key.readUInt32BE(0) // RFC 4253 §6.6: the key begins with its algorithm's name
  const digest = createHash("sha256").update(key).digest("base64").replace(/=+$/, "")
  return { algorithm: key.toString("latin1", 4, 4 + length), fingerprint: `SHA256:${digest}` }
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

function isUnreadableKey(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Cannot parse privateKey")
}

function quietClient(): SftpClient {
  const ignore = (): undefined => undefined // a broken connection shows in the calls that wait for it
  return new SftpClient("hushou", { error: ignore, end: ignore, close: ignore })
}
