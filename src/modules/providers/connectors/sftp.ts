import { setTimeout as sleep } from "node:timers/promises"
import {
  refusalOf,
  SftpRefused,
  withSession,
  type SftpRefusalCode,
  type SftpSession,
  type SftpTarget,
} from "./sftp-session.ts"

export { probeHostKey } from "./sftp-session.ts"
export type { SftpRefusalCode, SftpTarget } from "./sftp-session.ts"

/** What tells one version of a remote file from another. SFTP knows times to the second only. */
export interface RemoteVersion {
  readonly size: number
  /** Seconds since the epoch, by the provider's clock. */
  readonly modifiedAt: number
}

export interface RemoteFile extends RemoteVersion {
  readonly name: string
}

export interface DownloadOptions {
  /** Bytes the caller has durably from an earlier call; default 0. */
  readonly fromOffset?: number
  /** The version those bytes came from; another one is refused. Give it whenever `fromOffset` is not 0. */
  readonly expected?: RemoteVersion
  /** Told at each connection, before its first byte, which version is read; keep it for `expected`. */
  readonly onVersion?: (version: RemoteVersion) => Promise<void>
  /** Takes the bytes in order, each exactly once; the next come when it resolves. What it throws ends the download. */
  readonly sink: (bytes: Uint8Array, offset: number) => Promise<void>
  /** Awaited before the next piece is taken. */
  readonly onProgress?: (done: number, size: number) => void | Promise<void>
  /** Stops between two pieces. */
  readonly signal?: AbortSignal
  /** Broken connections in a row, without a byte gained, before giving up; default 6. */
  readonly attempts?: number
  /** Silence after which a connection counts as broken; default 60 000 ms. */
  readonly stallMs?: number
  /** Pause before the first new try, doubled each time up to a minute; default 1000 ms. */
  readonly firstPauseMs?: number
}

export type DownloadResult =
  | { readonly ok: true; readonly file: RemoteVersion; readonly reconnects: number }
  /** `done`: bytes the sink has taken in all, `fromOffset` included; go on from there. */
  | { readonly ok: false; readonly code: SftpRefusalCode; readonly done: number }

const LONGEST_PAUSE_MS = 60_000
const STALL_MS = 60_000
const PIECE = 31 * 1024 // servers answer up to 32 KiB; ssh2 cuts longer reads than this in two
const AHEAD = 32 // just under a mebibyte on its way keeps a connection of 50 ms busy at 20 MB/s

/** The plain files in `directory` of a provider's server, by name. */
export async function listRemote(
  target: SftpTarget,
  directory: string,
): Promise<
  | { readonly ok: true; readonly files: readonly RemoteFile[] }
  | { readonly ok: false; readonly code: SftpRefusalCode }
> {
  try {
    const entries = await withSession(target, STALL_MS, (session) => session.list(directory))
    const files = entries
      .filter(({ attrs }) => attrs.isFile())
      .map(({ filename, attrs }) => ({ name: filename, ...versionOf(attrs) }))
    return { ok: true, files: files.sort((a, b) => (a.name < b.name ? -1 : 1)) }
  } catch (error) {
    return { ok: false, code: refusalOf(error) ?? "REMOTE_UNREACHABLE" }
  }
}

/**
 * Reads `path` from `fromOffset` to its end into the sink, and goes on by itself after a broken connection (6-1b).
 * Memory stays bounded whatever the size. Rejects only with what the sink or `onVersion` threw.
 */
export async function downloadResumable(
  target: SftpTarget,
  path: string,
  options: DownloadOptions,
): Promise<DownloadResult> {
  const state: Progress = { done: options.fromOffset ?? 0, version: options.expected }
  const attempts = options.attempts ?? 6
  let reconnects = 0
  for (let fruitless = 0; ; reconnects++) {
    const before = state.done
    const outcome = await readOnce(target, path, options, state)
    if (outcome.kind === "complete") return { ok: true, file: outcome.version, reconnects }
    if (outcome.kind === "refused") return { ok: false, code: outcome.code, done: state.done }
    fruitless = state.done > before ? 0 : fruitless + 1
    if (fruitless >= attempts) return { ok: false, code: "REMOTE_UNREACHABLE", done: state.done }
    const pause = Math.min(LONGEST_PAUSE_MS, (options.firstPauseMs ?? 1000) * 2 ** fruitless)
    await sleep(pause, undefined, { signal: options.signal }).catch(() => undefined)
  }
}

interface Progress {
  done: number
  version: RemoteVersion | undefined
}

type Outcome =
  | { readonly kind: "complete"; readonly version: RemoteVersion }
  | { readonly kind: "refused"; readonly code: SftpRefusalCode }
  | { readonly kind: "broken" }

/** An error of the caller's own functions, which no new connection would cure. */
class CallerFailed extends Error {}

async function readOnce(
  target: SftpTarget,
  path: string,
  options: DownloadOptions,
  state: Progress,
): Promise<Outcome> {
  if (options.signal?.aborted === true) return { kind: "refused", code: "DOWNLOAD_STOPPED" }
  try {
    const version = await withSession(target, options.stallMs ?? STALL_MS, (session) =>
      readToEnd(session, path, options, state),
    )
    return { kind: "complete", version }
  } catch (error) {
    if (error instanceof CallerFailed) throw error.cause
    const code = refusalOf(error)
    return code === null ? { kind: "broken" } : { kind: "refused", code }
  }
}

async function readToEnd(
  session: SftpSession,
  path: string,
  options: DownloadOptions,
  state: Progress,
): Promise<RemoteVersion> {
  const handle = await session.open(path)
  const version = await readableVersion(session, handle)
  if (state.version !== undefined) requireSame(state.version, version)
  state.version = version
  await byCaller(() => options.onVersion?.(version))
  for await (const bytes of readAhead(session, handle, state.done, version.size)) {
    if (options.signal?.aborted === true) throw new SftpRefused("DOWNLOAD_STOPPED")
    await byCaller(() => options.sink(bytes, state.done))
    state.done += bytes.length
    await byCaller(() => options.onProgress?.(state.done, version.size))
  }
  if (state.done !== version.size) throw new SftpRefused("REMOTE_FILE_CHANGED") // shorter than it said
  requireSame(version, versionOf(await session.statOpen(handle)))
  requireSame(version, versionOf(await session.stat(path))) // another file may stand under the name by now
  return version
}

/** Pieces from `from` to `size` in order, with `AHEAD` of them asked for at a time; stops early where the file does. */
async function* readAhead(
  session: SftpSession,
  handle: Buffer,
  from: number,
  size: number,
): AsyncGenerator<Buffer, void, void> {
  const asked: Promise<Buffer>[] = []
  let next = from
  for (;;) {
    while (asked.length < AHEAD && next < size) {
      const length = Math.min(PIECE, size - next)
      const piece = session.read(handle, next, length)
      piece.catch(() => undefined) // its turn to be awaited may never come
      asked.push(piece)
      next += length
    }
    const piece = await asked.shift()
    if (piece === undefined || piece.length === 0) return
    yield piece
    if (piece.length < PIECE) return // only the last one is shorter
  }
}

async function readableVersion(session: SftpSession, handle: Buffer): Promise<RemoteVersion> {
  const stats = await session.statOpen(handle)
  if (!stats.isFile()) throw new SftpRefused("REMOTE_FILE_MISSING")
  return versionOf(stats)
}

function versionOf({ size, mtime }: { size: number; mtime: number }): RemoteVersion {
  return { size, modifiedAt: mtime }
}

function requireSame(a: RemoteVersion, b: RemoteVersion): void {
  if (a.size !== b.size || a.modifiedAt !== b.modifiedAt) throw new SftpRefused("REMOTE_FILE_CHANGED")
}

async function byCaller(work: () => void | Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    throw new CallerFailed("the caller's own function failed", { cause: error })
  }
}
