import { appendUpload, finishUpload, openUpload } from "../../modules/deliveries/contract.ts"
import { call, callWithBytes } from "./call.ts"

const PART_BYTES = 8 * 1024 * 1024

/** Sends a file in parts from where the server stands, so that a broken connection costs one part at most. */
export async function uploadFile(id: string, file: File, onProgress: (done: number) => void): Promise<void> {
  const params = { id }
  let { offset } = await call(openUpload, { params, body: { bytes: file.size } })
  onProgress(offset)
  while (offset < file.size) {
    const part = file.slice(offset, offset + PART_BYTES)
    ;({ offset } = await callWithBytes(appendUpload, part, { params, query: { offset } }))
    onProgress(offset)
  }
  await call(finishUpload, { params, body: { name: file.name } })
}
