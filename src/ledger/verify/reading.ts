import { closeSync, fstatSync, openSync, readSync } from "node:fs"
import { join } from "node:path"
import { VerificationFailure } from "./failure.ts"

/** Larger files are not read: no part of a sound bundle is, and memory stays bounded. */
const MAX_FILE = 268_435_456

/** Reads files of one directory; each bundle reader keeps one buffer per purpose, so that nothing piles up. */
export class FileReader {
  readonly #dir: string
  #buffer = Buffer.allocUnsafeSlow(262_144)

  constructor(dir: string) {
    this.#dir = dir
  }

  /** The file's bytes, valid until the next call. Throws VerificationFailure when it cannot be read. */
  read(path: string): Buffer {
    const file = this.#open(path)
    try {
      const { size } = fstatSync(file)
      if (size > MAX_FILE) throw new VerificationFailure(path, `has ${size} bytes`)
      if (size > this.#buffer.length) this.#buffer = Buffer.allocUnsafeSlow(size * 2)
      let read = 0
      while (read < size) {
        const got = this.#readSome(file, path, read, size - read)
        if (got === 0) throw new VerificationFailure(path, "ends early")
        read += got
      }
      return this.#buffer.subarray(0, size)
    } finally {
      closeSync(file)
    }
  }

  #readSome(file: number, path: string, offset: number, length: number): number {
    try {
      return readSync(file, this.#buffer, offset, length, null)
    } catch (error) {
      throw new VerificationFailure(path, `cannot be read: ${String(error)}`)
    }
  }

  #open(path: string): number {
    try {
      return openSync(join(this.#dir, path), "r")
    } catch (error) {
      const missing = error instanceof Error && "code" in error && error.code === "ENOENT"
      throw new VerificationFailure(path, missing ? "is missing" : `cannot be read: ${String(error)}`)
    }
  }
}
