import { createHash, randomBytes } from "node:crypto"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { copyFile, mkdtemp, readdir, readFile, rename, rm, stat, truncate, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { buffer } from "node:stream/consumers"
import { Readable } from "node:stream"
import fc from "fast-check"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { FileId } from "../../kernel/ids.ts"
import { instantOf } from "../../kernel/time.ts"
import { openKeyring, rotateKek, type Keyring } from "../crypto/keyring.ts"
import { newId } from "../ids.ts"
import { openFileStore, type FileStore } from "./store.ts"

const MIB = 1 << 20
const SEALED = MIB + 28

let root: string
let dir: string
let keyring: Keyring
let store: FileStore
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "files-"))
  dir = join(root, "files")
  keyring = await openKeyring(join(root, "keys"))
  store = await openFileStore(dir, keyring)
})
afterEach(async () => {
  await store.close()
  await rm(root, { recursive: true })
})

const fileId = () => newId() as FileId
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")
const sourceOf = (bytes: Uint8Array) => Readable.from(piecesOf(bytes), { objectMode: false })
function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += 65_536) yield bytes.subarray(i, i + 65_536)
}
const contentOf = async (id: FileId) => buffer((await store.open(id)).stream)
async function stored(bytes: Uint8Array): Promise<FileId> {
  const id = fileId()
  await store.put(id, sourceOf(bytes))
  return id
}
/** A source that breaks off after `bytes`. */
function broken(bytes: Uint8Array): Readable {
  return Readable.from(
    (function* () {
      yield* piecesOf(bytes)
      throw new Error("line dropped")
    })(),
    { objectMode: false },
  )
}

describe("put and open", () => {
  test.each([0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB + 77])("%i bytes come back", async (size) => {
    const bytes = randomBytes(size)
    const seen: Buffer[] = []
    const id = fileId()
    const file = await store.put(id, sourceOf(bytes), { write: (b) => seen.push(Buffer.from(b)) })
    expect(file).toEqual({ id, bytes: size, sha256: sha256(bytes) })
    expect(Buffer.concat(seen).equals(bytes)).toBe(true)
    expect((await contentOf(id)).equals(bytes)).toBe(true)
    expect(await store.reread(id)).toEqual(file)
    expect(await store.list()).toEqual([id])
  })

  test("nothing of the content is readable on the disk", async () => {
    const secret = Buffer.from("A123456789,王小明,臺北市信義區市府路1號\n".repeat(60_000))
    await stored(secret)
    for (const name of await readdir(dir))
      expect((await readFile(join(dir, name))).includes("A123456789")).toBe(false)
  })

  test("any range comes back", async () => {
    const bytes = randomBytes(2 * MIB + 500)
    const id = await stored(bytes)
    const position = fc.oneof(
      fc.integer({ min: 0, max: bytes.length - 1 }),
      fc.constantFrom(0, MIB - 1, MIB, 2 * MIB, bytes.length - 1),
    )
    await fc.assert(
      fc.asyncProperty(position, position, async (a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)]
        const got = await buffer((await store.open(id, { start, end })).stream)
        expect(got.equals(bytes.subarray(start, end + 1))).toBe(true)
      }),
      { numRuns: 40 },
    )
    for (const start of [-1, bytes.length, 0.5])
      await expect(store.open(id, { start })).rejects.toMatchObject({ code: "RANGE_INVALID" })
  })

  test("a source that breaks off leaves nothing", async () => {
    await expect(store.put(fileId(), broken(randomBytes(2 * MIB)))).rejects.toThrow("line dropped")
    expect(await readdir(dir)).toEqual([])
  })

  test("a complete object is never overwritten", async () => {
    const id = await stored(Buffer.from("first"))
    await expect(store.put(id, sourceOf(Buffer.from("x")))).rejects.toMatchObject({ code: "UPLOAD_FINISHED" })
    await expect(store.openUpload(id)).rejects.toMatchObject({ code: "UPLOAD_FINISHED" })
    expect(String(await contentOf(id))).toBe("first")
  })

  test("an id cannot lead out of the directory", async () => {
    await expect(store.open("../../etc/passwd" as FileId)).rejects.toThrow()
    await expect(async () => store.put("../x" as FileId, sourceOf(Buffer.from("x")))).rejects.toThrow()
  })
})

describe("what was altered is refused", () => {
  const damaged = { code: "FILE_DAMAGED" }
  let id: FileId
  let path: string
  beforeEach(async () => {
    id = await stored(randomBytes(2 * MIB + 100))
    path = join(dir, `${id}.content`)
  })

  test("cut off anywhere, before the first byte is given out", async () => {
    for (const size of [2 * SEALED + 127, 2 * SEALED, SEALED + 500, SEALED, 28, 5, 0]) {
      await truncate(path, size)
      await expect(store.open(id)).rejects.toMatchObject(damaged)
    }
  })

  test("lengthened", async () => {
    await writeFile(path, Buffer.concat([await readFile(path), Buffer.alloc(SEALED)]))
    await expect(store.open(id)).rejects.toMatchObject(damaged)
  })

  test("one bit flipped anywhere", async () => {
    const original = await readFile(path)
    for (const at of [0, 12, 5000, SEALED - 1, SEALED, SEALED + 9, 2 * SEALED + 50, original.length - 1]) {
      const altered = Buffer.from(original)
      altered[at] = (altered[at] ?? 0) ^ 0x10
      await writeFile(path, altered)
      await expect(contentOf(id)).rejects.toMatchObject(damaged)
    }
  })

  test("chunks exchanged", async () => {
    const [a, b, c] = [0, 1, 2].map((i) => i * SEALED)
    const original = await readFile(path)
    const part = (from = 0) => original.subarray(from, from + SEALED)
    await writeFile(path, Buffer.concat([part(b), part(a), part(c)]))
    await expect(contentOf(id)).rejects.toMatchObject(damaged)
  })

  test("content or key of another object put in its place", async () => {
    const other = await stored(randomBytes(2 * MIB + 100))
    await copyFile(join(dir, `${other}.content`), path)
    await expect(store.open(id)).rejects.toMatchObject(damaged)
    await copyFile(join(dir, `${other}.key`), join(dir, `${id}.key`))
    await expect(store.open(id)).rejects.toMatchObject({ code: "UNWRAP_REFUSED" })
  })

  test("an unfinished upload renamed to look complete", async () => {
    const unfinished = fileId()
    await (await store.openUpload(unfinished)).append(0, sourceOf(randomBytes(2 * MIB)))
    await store.close()
    await rename(join(dir, `${unfinished}.part`), join(dir, `${unfinished}.content`))
    await expect(store.open(unfinished)).rejects.toMatchObject(damaged)
  })
})

describe("destruction and keys", () => {
  test("a destroyed object leaves nothing, and again is harmless", async () => {
    const id = await stored(randomBytes(1000))
    await store.destroy(id)
    await store.destroy(id)
    expect(await readdir(dir)).toEqual([])
    await expect(store.open(id)).rejects.toMatchObject({ code: "FILE_MISSING" })
  })

  test("content without its data key is lost for ever", async () => {
    const id = await stored(randomBytes(1000))
    await rm(join(dir, `${id}.key`))
    await expect(store.open(id)).rejects.toMatchObject({ code: "FILE_DESTROYED" })
  })

  test("rotation re-wraps objects and running uploads; then the old key may go", async () => {
    const bytes = randomBytes(3000)
    const id = await stored(bytes)
    const upload = await store.openUpload(fileId())
    await upload.append(0, sourceOf(bytes))
    await writeFile(join(dir, `${id}.key.${fileId()}.tmp`), "left by a crash")
    const { rewrapped } = await rotateKek(keyring, [store.rewrap], () => Promise.resolve())
    expect(rewrapped).toBe(2)
    expect(await readdir(dir)).not.toContainEqual(expect.stringMatching(/tmp$/))
    expect((await contentOf(id)).equals(bytes)).toBe(true)
    await upload.finish()
  })

  test("destroying the key-encryption key destroys the content", async () => {
    const id = await stored(randomBytes(1000))
    await keyring.beginRotation()
    await keyring.finishRotation()
    await expect(store.open(id)).rejects.toMatchObject({ code: "KEY_MISSING" })
  })
})

describe("uploads", () => {
  test("pieces of any size, with reopening anywhere, give the same object", async () => {
    const sizes = fc.array(
      fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 2 * MIB })),
      {
        minLength: 1,
        maxLength: 5,
      },
    )
    await fc.assert(
      fc.asyncProperty(sizes, fc.array(fc.boolean(), { maxLength: 5 }), async (pieces, reopen) => {
        const id = fileId()
        const all = randomBytes(pieces.reduce((a, b) => a + b, 0))
        let sent = 0
        for (const [i, size] of pieces.entries()) {
          if (reopen[i]) await store.close()
          const upload = await store.openUpload(id)
          expect(upload.received).toBe(sent)
          sent = await upload.append(sent, sourceOf(all.subarray(sent, sent + size)))
        }
        const file = await (await store.openUpload(id)).finish()
        expect(file).toEqual({ id, bytes: all.length, sha256: sha256(all) })
        expect((await contentOf(id)).equals(all)).toBe(true)
        await store.destroy(id)
      }),
      { numRuns: 15 },
    )
  })

  test("after a reopening the tap sees every byte from the start", async () => {
    const id = fileId()
    const bytes = randomBytes(MIB + 5000)
    await (await store.openUpload(id)).append(0, sourceOf(bytes.subarray(0, MIB + 10)))
    await store.close()
    const hash = createHash("sha256")
    const upload = await store.openUpload(id, () => ({ write: (b: Uint8Array) => hash.update(b) }))
    await upload.append(MIB + 10, sourceOf(bytes.subarray(MIB + 10)))
    const file = await upload.finish()
    expect(hash.digest("hex")).toBe(file.sha256)
  })

  test("a dropped connection keeps what came, and says where to continue", async () => {
    const id = fileId()
    const bytes = randomBytes(MIB + 65_536)
    const upload = await store.openUpload(id)
    await expect(upload.append(0, broken(bytes))).rejects.toThrow("line dropped")
    await expect(upload.append(0, sourceOf(bytes))).rejects.toMatchObject({
      code: "OFFSET_MISMATCH",
      received: bytes.length,
    })
    await store.close()
    expect((await store.openUpload(id)).received).toBe(bytes.length)
  })

  test("a newer connection takes over from one that hangs", async () => {
    const upload = await store.openUpload(fileId())
    const hanging = new Readable({ read: () => undefined })
    hanging.push(Buffer.from("first "))
    const older = upload.append(0, hanging)
    const refused = expect(older).rejects.toMatchObject({ code: "UPLOAD_TAKEN_OVER" })
    await new Promise((resolve) => setTimeout(resolve, 20))
    await upload.append(6, sourceOf(Buffer.from("second")))
    await refused
    const { id } = await upload.finish()
    expect(String(await contentOf(id))).toBe("first second")
  })

  test("opened twice at once it is one upload; unfinished it cannot be read", async () => {
    const id = fileId()
    const [a, b] = await Promise.all([store.openUpload(id), store.openUpload(id)])
    expect(a).toBe(b)
    await expect(store.open(id)).rejects.toMatchObject({ code: "FILE_MISSING" })
    expect([await store.has(id), await store.list()]).toEqual([false, []])
  })

  test("nothing of the tail is readable on the disk", async () => {
    await (await store.openUpload(fileId())).append(0, sourceOf(Buffer.from("A123456789")))
    const tail = (await readdir(dir)).find((name) => name.endsWith(".tail")) ?? ""
    expect((await readFile(join(dir, tail))).includes("A123456789")).toBe(false)
  })

  test("a sweep takes leftovers nobody wants, never complete objects or running uploads", async () => {
    const [wanted, left, running] = [fileId(), fileId(), fileId()]
    for (const id of [wanted, left]) await (await store.openUpload(id)).append(0, sourceOf(randomBytes(10)))
    await store.close()
    await store.openUpload(running)
    const complete = await stored(randomBytes(10))
    const isWanted = (id: FileId) => id === wanted
    const touched = (await stat(join(dir, `${left}.part`))).mtimeMs
    expect(await store.sweep(isWanted, instantOf(touched - 1000))).toEqual([])
    expect(await store.sweep(isWanted, instantOf(touched + 60_000))).toEqual([left])
    expect(await store.list()).toEqual([complete])
    expect((await store.openUpload(wanted)).received).toBe(10)
  })

  test("SIGKILL at any moment loses no acknowledged byte and shows no half file", async () => {
    const bytes = randomBytes(3 * MIB)
    const id = fileId()
    for (let round = 0, acknowledged = 0; round < 8; round++) {
      acknowledged = Math.max(acknowledged, await appendUntilKilled(id, bytes, 20 + round * 15))
      expect(await store.has(id)).toBe(false)
      const upload = await store.openUpload(id)
      expect(upload.received).toBeGreaterThanOrEqual(acknowledged)
      await store.close()
    }
    const upload = await store.openUpload(id)
    await upload.append(upload.received, sourceOf(bytes.subarray(upload.received)))
    expect((await upload.finish()).sha256).toBe(sha256(bytes))
  }, 60_000)
})

/** Appends from another process in small pieces and kills it; gives the last offset it acknowledged. */
async function appendUntilKilled(id: FileId, bytes: Uint8Array, afterMs: number): Promise<number> {
  const input = join(root, "input")
  await writeFile(input, bytes)
  const program = `
    const { openKeyring } = await import(${JSON.stringify(new URL("../crypto/keyring.ts", import.meta.url))})
    const { openFileStore } = await import(${JSON.stringify(new URL("./store.ts", import.meta.url))})
    const { readFileSync } = await import("node:fs")
    const { Readable } = await import("node:stream")
    const bytes = readFileSync(${JSON.stringify(input)})
    const store = await openFileStore(${JSON.stringify(dir)}, await openKeyring(${JSON.stringify(join(root, "keys"))}))
    const upload = await store.openUpload(${JSON.stringify(id)})
    console.log(upload.received)
    for (let at = upload.received; at < bytes.length - 70000; ) {
      at = await upload.append(at, Readable.from([bytes.subarray(at, at + 70000)], { objectMode: false }))
      console.log(at)
    }
    setInterval(() => 0, 1000)`
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  const lines: string[] = []
  child.stdout.on("data", (text: Buffer) => lines.push(String(text)))
  await once(child.stdout, "data")
  await new Promise((resolve) => setTimeout(resolve, afterMs))
  child.kill("SIGKILL")
  await once(child, "close")
  return Number(lines.join("").trimEnd().split("\n").at(-1))
}
