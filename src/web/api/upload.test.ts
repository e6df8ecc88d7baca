import { fc, it } from "@fast-check/vitest"
import { describe, expect } from "vitest"
import { ApiProblem, unreachable } from "./problem.ts"
import { sendResumably, type UploadTarget } from "./upload.ts"

const PART = 64

/** A server that keeps what arrives; each `true` of `breaks` loses the connection after half a part. */
function aServer(breaks: readonly boolean[]) {
  const kept: Blob[] = []
  const size = () => kept.reduce((sum, part) => sum + part.size, 0)
  let request = 0
  const target: UploadTarget = {
    open: () => Promise.resolve(size()),
    append: (offset, part) => {
      if (offset !== size())
        return Promise.reject(
          new ApiProblem(409, [{ code: "UPLOAD_OFFSET_WRONG", source: "", zh: "", en: "" }]),
        )
      if (breaks[request++] === true) {
        kept.push(part.slice(0, Math.floor(part.size / 2)))
        return Promise.reject(unreachable())
      }
      kept.push(part)
      return Promise.resolve(size())
    },
  }
  return { target, kept: () => new Blob(kept) }
}

describe("uploading", () => {
  it.prop([fc.uint8Array({ maxLength: 5 * PART }), fc.array(fc.boolean(), { maxLength: 5 })])(
    "arrives whole whenever the connection breaks",
    async (content, breaks) => {
      const server = aServer(breaks)
      const progress: number[] = []
      await sendResumably(new Blob([new Uint8Array(content)]), server.target, {
        waitMs: 0,
        partBytes: PART,
        onProgress: (done) => progress.push(done),
      })
      expect(new Uint8Array(await server.kept().arrayBuffer())).toEqual(new Uint8Array(content))
      expect(progress.at(-1)).toBe(content.length)
      expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    },
  )

  it("gives up after six breaks in a row, and keeps the reason", async () => {
    const away: UploadTarget = { open: () => Promise.reject(unreachable()), append: () => Promise.resolve(0) }
    await expect(sendResumably(new Blob(["x"]), away, { waitMs: 0 })).rejects.toMatchObject({ status: 0 })
  })

  it("does not repeat what was refused", async () => {
    let asked = 0
    const refusing: UploadTarget = {
      open: () => {
        asked++
        return Promise.reject(new ApiProblem(409, []))
      },
      append: () => Promise.resolve(0),
    }
    await expect(sendResumably(new Blob(["x"]), refusing, { waitMs: 0 })).rejects.toMatchObject({
      status: 409,
    })
    expect(asked).toBe(1)
  })

  it("stops when told to", async () => {
    const stop = new AbortController()
    stop.abort()
    await expect(
      sendResumably(new Blob(["x"]), aServer([]).target, { signal: stop.signal }),
    ).rejects.toMatchObject({
      name: "AbortError",
    })
  })
})
