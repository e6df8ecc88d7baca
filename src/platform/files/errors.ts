export type FileErrorCode =
  | "FILE_MISSING" // there is no such object
  | "FILE_DESTROYED" // its data key is gone, so its content cannot be read by anyone
  | "FILE_DAMAGED" // bytes were altered, cut off, reordered or exchanged
  | "RANGE_INVALID" // the range does not lie inside the object
  | "OFFSET_MISMATCH" // the sender continues at another place than the store; `received` says where
  | "UPLOAD_FINISHED" // the object is complete and takes nothing more
  | "UPLOAD_TAKEN_OVER" // a newer connection continues this upload

/** Why the store did not do what was asked. The message never carries content. */
export class FileError extends Error {
  override readonly name = "FileError"
  readonly code: FileErrorCode
  /** With OFFSET_MISMATCH: how many bytes the store has, where the sender must continue. */
  readonly received: number | undefined

  constructor(code: FileErrorCode, message: string, received?: number) {
    super(message)
    this.code = code
    this.received = received
  }
}

/** The value, or `null` when the file system says that the name does not exist. */
export async function unlessMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null
    throw error
  }
}
