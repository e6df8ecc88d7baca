import { appendUpload, finishUpload, openUpload } from "../../modules/deliveries/contract.ts"
import { call, callWithBytes } from "./call.ts"
import { fingerprintOf } from "./fingerprint.ts"
import { ApiProblem } from "./problem.ts"
import type { Following } from "./transmit.ts"

/** The two ends of a resumable upload; both tell how many bytes are durable on the server. */
export interface UploadTarget {
  readonly open: () => Promise<number>
  readonly append: (offset: number, part: Blob, following: Following) => Promise<number>
}

const PART_BYTES = 8 * 1024 * 1024
const PATIENCE = 6
const WAIT_MS = 1_000

interface Sending extends Following {
  readonly partBytes?: number
  /** Before the first attempt to go on; twice as long before each further one. */
  readonly waitMs?: number
}

interface Whither {
  readonly id: string
  /** Destroy what came of an earlier upload and begin anew. */
  readonly restart: boolean
  readonly onProgress: (done: number) => void
}

/** Sends a delivery's file; goes on by itself after a broken connection, and later when it is chosen again. */
export async function uploadFile(file: File, { id, restart, onProgress }: Whither): Promise<void> {
  const params = { id }
  const announced = { bytes: file.size, fingerprint: await fingerprintOf(file) }
  let upload = ""
  const target: UploadTarget = {
    open: async () => {
      // Anew only the first time: what has come since then is this file's.
      const body = { ...announced, restart: restart && upload === "" }
      const opened = await call(openUpload, { params, body })
      upload = opened.upload
      return opened.offset
    },
    append: async (offset, part, following) =>
      (await callWithBytes(appendUpload, part, { params, query: { upload, offset } }, following)).offset,
  }
  await sendResumably(file, target, { onProgress })
  await call(finishUpload, { params, body: { upload, name: file.name } })
}

/**
 * Sends `file` in parts from wherever the server has it, until its last byte is durable.
 * Throws ApiProblem when refused, or after six breaks with nothing sent between them.
 */
export async function sendResumably(
  file: Blob,
  target: UploadTarget,
  { onProgress, signal, partBytes = PART_BYTES, waitMs = WAIT_MS }: Sending = {},
): Promise<void> {
  let offset: number | null = null
  let furthest = -1
  let breaks = 0
  while (offset === null || offset < file.size) {
    signal?.throwIfAborted()
    try {
      const from: number = offset ?? (await target.open())
      if (from > furthest) breaks = 0
      furthest = Math.max(furthest, from)
      onProgress?.(from)
      const part = file.slice(from, from + partBytes)
      offset = part.size === 0 ? from : await target.append(from, part, shifted(from))
    } catch (thrown) {
      breaks += 1
      if (!mayResume(thrown) || breaks === PATIENCE) throw thrown
      offset = null
      await new Promise((resume) => setTimeout(resume, waitMs * 2 ** (breaks - 1)))
    }
  }
  onProgress?.(offset)

  function shifted(from: number): Following {
    return { onProgress: (bytes) => onProgress?.(from + bytes), signal }
  }
}

/** Whether asking the server how far it came, and going on from there, can help. */
function mayResume(thrown: unknown): boolean {
  return (
    thrown instanceof ApiProblem &&
    (thrown.status === 0 || thrown.status >= 500 || thrown.has("UPLOAD_OFFSET_WRONG"))
  )
}
