import { timingSafeEqual, createHash } from "node:crypto"
import { createServer, type AddressInfo, type Socket } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import ssh2, { type Connection } from "ssh2"
import { serveReadOnly, type BeforeSending } from "./sftp-session.ts"

/** Faults that the server acts, for tests of resuming and patience; may be changed while it runs. */
export interface SftpFaults {
  /** Cut a connection without a word once it has sent this many bytes of files. */
  dropAfterBytes?: number | undefined
  /** How many connections to cut before behaving; default all. */
  drops?: number | undefined
  /** Stop answering reads, with the connection open, once this many bytes are sent. */
  stallAfterBytes?: number | undefined
  /** Bytes of files a second over all connections. */
  bytesPerSecond?: number | undefined
}

export interface SftpServer {
  readonly host: string
  readonly port: number
  readonly faults: SftpFaults
  /** Sign-in attempts seen, without their passwords. */
  readonly attempts: { readonly method: string; readonly user: string; readonly ok: boolean }[]
  /** Bytes of files sent so far. */
  readonly traffic: { sentBytes: number }
  stop: () => Promise<void>
}

export interface SftpServerOptions {
  readonly root: string
  readonly port: number
  readonly host: string
  readonly privateKey: string
  readonly user: string
  readonly password: string
  readonly faults?: SftpFaults
}

/** Serves the files of `root` read-only over SFTP to one user with one password. */
export async function startSftpServer(options: SftpServerOptions): Promise<SftpServer> {
  const faults: SftpFaults = { ...options.faults }
  const attempts: { method: string; user: string; ok: boolean }[] = []
  const traffic = { sentBytes: 0 }
  const sockets = new Set<Socket>()
  const listener = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on("close", () => sockets.delete(socket))
    const ssh = new ssh2.Server({ hostKeys: [options.privateKey] }, (connection) => {
      authenticate(connection, options, attempts)
      connection.on("session", (accept) =>
        accept().on("sftp", (acceptSftp) =>
          serveReadOnly(acceptSftp(), options.root, pacing(socket, faults, traffic)),
        ),
      )
    })
    ssh.injectSocket(socket)
  })
  await new Promise<void>((resolve, reject) => {
    listener.once("error", reject).listen(options.port, options.host, resolve)
  })
  const stop = async (): Promise<void> => {
    const closed = new Promise((resolve) => listener.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return {
    host: options.host,
    port: (listener.address() as AddressInfo).port,
    faults,
    attempts,
    traffic,
    stop,
  }
}

function authenticate(
  connection: Connection,
  wanted: { readonly user: string; readonly password: string },
  attempts: SftpServer["attempts"],
): void {
  connection.on("error", () => undefined) // a client that goes away is no matter of the server's
  connection.on("authentication", (context) => {
    if (context.method === "none") {
      context.reject(["password"])
      return
    }
    const ok =
      context.method === "password" &&
      same(context.username, wanted.user) &&
      same(context.password, wanted.password)
    attempts.push({ method: context.method, user: context.username, ok })
    if (ok) context.accept()
    else context.reject(["password"])
  })
}

function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

function pacing(socket: Socket, faults: SftpFaults, traffic: SftpServer["traffic"]): BeforeSending {
  let sent = 0
  let freeAt = 0
  return async (bytes) => {
    sent += bytes
    if (faults.stallAfterBytes !== undefined && sent > faults.stallAfterBytes)
      await new Promise(() => undefined)
    if (faults.dropAfterBytes !== undefined && sent > faults.dropAfterBytes && (faults.drops ?? 1) > 0) {
      if (faults.drops !== undefined) faults.drops--
      socket.end() // a reset would take back what is on its way
    }
    traffic.sentBytes += bytes
    if (faults.bytesPerSecond === undefined) return
    freeAt = Math.max(freeAt, performance.now()) + (bytes / faults.bytesPerSecond) * 1000
    await sleep(freeAt - performance.now())
  }
}
