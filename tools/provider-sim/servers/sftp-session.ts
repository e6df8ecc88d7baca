import { open, readdir, stat, type FileHandle } from "node:fs/promises"
import { basename, join, posix } from "node:path"
import ssh2, { type Attributes, type FileEntry, type SFTPWrapper } from "ssh2"

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp
/** What ssh2 itself answers with for larger reads; OpenSSH's limit too. */
const MAX_READ = 256 * 1024 - 1024

/** Called before data is sent; resolves when it may be, or never when the connection is to look dead. */
export type BeforeSending = (bytes: number) => Promise<void>

/**
 * Answers one SFTP session (protocol version 3, draft-ietf-secsh-filexfer-02) over the plain files of `root`, read-only:
 * requests that write have no listener, which ssh2 answers with OP_UNSUPPORTED.
 */
export function serveReadOnly(sftp: SFTPWrapper, root: string, beforeSending: BeforeSending): void {
  const open = new OpenHandles()
  let last = Promise.resolve()
  /** Requests are answered one after the other, as they came. */
  const answer = (id: number, work: () => Promise<void>): void => {
    last = last.then(work).catch((e: unknown) => sftp.status(id, statusOf(e)))
  }
  const statPath = (id: number, path: string): void =>
    answer(id, async () => sftp.attrs(id, attributesOf(await stat(localPath(root, path)))))

  sftp.on("OPEN", (id, path, flags) =>
    answer(id, async () => sftp.handle(id, await open.file(root, path, flags))),
  )
  sftp.on("READ", (id, handle, offset, length) =>
    answer(id, async () => {
      const bytes = await open.read(handle, offset, length)
      await beforeSending(bytes.length)
      sftp.data(id, bytes)
    }),
  )
  sftp.on("FSTAT", (id, handle) => answer(id, async () => sftp.attrs(id, await open.stat(handle))))
  sftp.on("OPENDIR", (id, path) => answer(id, async () => sftp.handle(id, await open.directory(root, path))))
  sftp.on("READDIR", (id, handle) => answer(id, async () => sftp.name(id, await open.list(root, handle))))
  sftp.on("CLOSE", (id, handle) =>
    answer(id, async () => {
      await open.close(handle)
      sftp.status(id, STATUS_CODE.OK)
    }),
  )
  sftp.on("STAT", statPath)
  sftp.on("LSTAT", statPath)
  sftp.on("REALPATH", (id, path) => {
    const filename = posix.normalize(posix.join("/", path))
    sftp.name(id, [{ filename, longname: filename, attrs: NO_ATTRIBUTES }])
  })
  sftp.on("end", () => void open.closeAll())
  sftp.on("close", () => void open.closeAll())
}

/** The files and directory listings a client has open. */
class OpenHandles {
  readonly #files = new Map<number, FileHandle>()
  readonly #listings = new Map<number, string[]>()
  #last = 0

  async file(root: string, path: string, flags: number): Promise<Buffer> {
    if ((flags & ~OPEN_MODE.READ) !== 0) throw new Refused(STATUS_CODE.PERMISSION_DENIED)
    const file = await open(localPath(root, path), "r")
    this.#files.set(++this.#last, file)
    return handleOf(this.#last)
  }

  async read(handle: Buffer, offset: number, length: number): Promise<Buffer> {
    const buffer = Buffer.alloc(Math.min(length, MAX_READ))
    const { bytesRead } = await this.#fileOf(handle).read(buffer, 0, buffer.length, offset)
    if (bytesRead === 0) throw new Refused(STATUS_CODE.EOF)
    return buffer.subarray(0, bytesRead)
  }

  async stat(handle: Buffer): Promise<Attributes> {
    return attributesOf(await this.#fileOf(handle).stat())
  }

  async directory(root: string, path: string): Promise<Buffer> {
    if (posix.normalize(posix.join("/", path)) !== "/") throw new Refused(STATUS_CODE.NO_SUCH_FILE)
    this.#listings.set(++this.#last, await readdir(root))
    return handleOf(this.#last)
  }

  async list(root: string, handle: Buffer): Promise<FileEntry[]> {
    const names = this.#listings.get(numberOf(handle))?.splice(0)
    if (names === undefined) throw new Refused(STATUS_CODE.FAILURE)
    if (names.length === 0) throw new Refused(STATUS_CODE.EOF)
    return Promise.all(names.map((name) => entryOf(root, name)))
  }

  async close(handle: Buffer): Promise<void> {
    const number = numberOf(handle)
    const file = this.#files.get(number)
    this.#files.delete(number)
    this.#listings.delete(number)
    await file?.close()
  }

  async closeAll(): Promise<void> {
    const files = [...this.#files.values()]
    this.#files.clear()
    await Promise.allSettled(files.map((file) => file.close()))
  }

  #fileOf(handle: Buffer): FileHandle {
    const file = this.#files.get(numberOf(handle))
    if (file === undefined) throw new Refused(STATUS_CODE.FAILURE)
    return file
  }
}

/** A request that is answered with an SFTP status. */
class Refused extends Error {
  readonly status: number
  constructor(status: number) {
    super(`SFTP status ${status}`)
    this.status = status
  }
}

const NO_ATTRIBUTES: Attributes = { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 }

/** One flat directory is served; what leads out of it does not exist. */
function localPath(root: string, path: string): string {
  const normal = posix.normalize(posix.join("/", path))
  if (normal === "/") return root
  if (posix.dirname(normal) !== "/") throw new Refused(STATUS_CODE.NO_SUCH_FILE)
  return join(root, basename(normal))
}

async function entryOf(root: string, name: string): Promise<FileEntry> {
  const attrs = attributesOf(await stat(join(root, name)))
  return { filename: name, longname: `-r--r--r-- 1 provider provider ${attrs.size} ${name}`, attrs }
}

function attributesOf(found: { mode: number; size: number; atimeMs: number; mtimeMs: number }): Attributes {
  const { mode, size, atimeMs, mtimeMs } = found
  return { mode, uid: 0, gid: 0, size, atime: Math.floor(atimeMs / 1000), mtime: Math.floor(mtimeMs / 1000) }
}

function statusOf(error: unknown): number {
  if (error instanceof Refused) return error.status
  const code = error instanceof Error && "code" in error ? error.code : undefined
  if (code === "ENOENT") return STATUS_CODE.NO_SUCH_FILE
  return code === "EACCES" ? STATUS_CODE.PERMISSION_DENIED : STATUS_CODE.FAILURE
}

function handleOf(number: number): Buffer {
  const handle = Buffer.alloc(4)
  handle.writeUInt32BE(number)
  return handle
}

function numberOf(handle: Buffer): number {
  return handle.length === 4 ? handle.readUInt32BE() : 0
}
