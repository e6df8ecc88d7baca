import { createHash, createPublicKey, verify } from "node:crypto"
import { chmod, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { openKeyring, rotateKek, type Keyring, type Rewrap } from "./keyring.ts"

let root: string
let dir: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "keyring-"))
  dir = join(root, "keys")
})
afterEach(() => rm(root, { recursive: true }))

const DEK = new Uint8Array(32).fill(7)

describe("first use", () => {
  test("makes a directory and key files that only the owner can read", async () => {
    await openKeyring(dir)
    expect((await stat(dir)).mode & 0o777).toBe(0o700)
    const files = await readdir(dir)
    expect(files).toHaveLength(4)
    for (const file of files) expect((await stat(join(dir, file))).mode & 0o777).toBe(0o600)
  })

  test("the same keys come back", async () => {
    const first = await openKeyring(dir)
    const again = await openKeyring(dir, true)
    expect(Buffer.from(again.unwrap(first.wrap(DEK, "a"), "a"))).toEqual(Buffer.from(DEK))
    expect(again.ledgerSigner().name).toBe(first.ledgerSigner().name)
    expect(again.pseudonym("A123456789")).toBe(first.pseudonym("A123456789"))
  })

  test("two processes at once settle on one set", async () => {
    const [a, b] = await Promise.all([openKeyring(dir), openKeyring(dir)])
    expect(a.ledgerSigner().name).toBe(b.ledgerSigner().name)
    expect(b.unwrap(a.wrap(DEK, "x"), "x")).toHaveLength(32)
  })

  test("is refused where data exists already", async () => {
    await expect(openKeyring(dir, true)).rejects.toMatchObject({ code: "KEYS_ABSENT" })
  })
})

describe("refusals", () => {
  test("a directory others can enter, and a key file others can read", async () => {
    await openKeyring(dir)
    await chmod(dir, 0o750)
    await expect(openKeyring(dir)).rejects.toMatchObject({ code: "KEYS_EXPOSED" })
    await chmod(dir, 0o700)
    for (const file of await readdir(dir)) await chmod(join(dir, file), 0o644)
    await expect(openKeyring(dir)).rejects.toMatchObject({ code: "KEYS_EXPOSED" })
  })

  test("a key file that is gone or holds another key is named", async () => {
    await openKeyring(dir)
    const [name = ""] = (await readdir(dir)).filter((f) => f.startsWith("kek-"))
    await rename(join(dir, name), join(root, name))
    await expect(openKeyring(dir)).rejects.toMatchObject({
      code: "KEY_MISSING",
      message: expect.stringContaining(name.replace(".key", "")) as string,
    })
    await writeFile(join(dir, name), Buffer.alloc(32).toString("base64"), { mode: 0o600 })
    await expect(openKeyring(dir)).rejects.toMatchObject({ code: "KEY_DAMAGED" })
  })

  test("a wrapped key moved to another context, or with any bit flipped", async () => {
    const keyring = await openKeyring(dir)
    const wrapped = keyring.wrap(DEK, "object a")
    expect(() => keyring.unwrap(wrapped, "object b")).toThrow(/object b/)
    for (let i = 0; i < wrapped.bytes.length; i++) {
      const bytes = Uint8Array.from(wrapped.bytes, (b, j) => (j === i ? b ^ 1 : b))
      expect(() => keyring.unwrap({ ...wrapped, bytes }, "object a")).toThrow()
    }
  })

  test("a key id cannot lead out of the directory", async () => {
    const keyring = await openKeyring(dir)
    await writeFile(join(root, "evil.key"), Buffer.alloc(32).toString("base64"), { mode: 0o600 })
    const bytes = keyring.wrap(DEK, "a").bytes
    expect(() => keyring.unwrap({ kek: "../evil", bytes }, "a")).toThrow(/not in/)
  })
})

describe("rotation", () => {
  /** A keeper of one data key, which records what stood at each round. */
  function keeperOf(keyring: Keyring) {
    const kept = { key: keyring.wrap(DEK, "kept"), rounds: 0 }
    const rewrap: Rewrap = (k) => {
      kept.rounds++
      if (kept.key.kek === k.currentKek()) return Promise.resolve(0)
      kept.key = k.wrap(k.unwrap(kept.key, "kept"), "kept")
      return Promise.resolve(1)
    }
    return { kept, rewrap }
  }
  const keksIn = async () => (await readdir(dir)).filter((name) => name.startsWith("kek-"))

  test("re-wraps until a round finds nothing, then destroys the old key and what was not wrapped anew", async () => {
    const keyring = await openKeyring(dir)
    const left = keyring.wrap(DEK, "left")
    const { kept, rewrap } = keeperOf(keyring)
    const told: string[] = []
    const { from, to, rewrapped, resumed } = await rotateKek(keyring, [rewrap], async (rotation) => {
      expect(await keksIn(), "the old key is there until the rotation is recorded").toHaveLength(2)
      told.push(rotation.to)
    })
    expect({ rewrapped, resumed, rounds: kept.rounds }).toEqual({ rewrapped: 1, resumed: false, rounds: 2 })
    expect([left.kek, keyring.currentKek(), told]).toEqual([from, to, [to]])
    expect(await keksIn()).toEqual([`${to}.key`])
    expect(keyring.unwrap(kept.key, "kept")).toHaveLength(32)
    expect(() => keyring.unwrap(left, "left")).toThrow(/not in/)
  })

  test("one that failed keeps everything readable, and the next goes on with the same key", async () => {
    const keyring = await openKeyring(dir)
    const { kept, rewrap } = keeperOf(keyring)
    const failing = () => Promise.reject(new Error("the disk is full"))
    await expect(rotateKek(keyring, [failing, rewrap], noRecord)).rejects.toThrow("full")
    const begun = keyring.currentKek()
    expect(keyring.unwrap(kept.key, "kept")).toHaveLength(32)
    await writeFile(join(dir, `${begun}.key.half.tmp`), "left by a crash", { mode: 0o600 })
    expect(await rotateKek(await openKeyring(dir), [rewrap], noRecord)).toMatchObject({
      to: begun,
      resumed: true,
    })
    expect(await keksIn()).toEqual([`${begun}.key`])
    expect(keyring.unwrap(kept.key, "kept")).toHaveLength(32)
    expect((await rotateKek(keyring, [rewrap], noRecord)).resumed).toBe(false)
  })

  test("a keyring opened before sees the new key", async () => {
    const before = await openKeyring(dir)
    const { to } = await (await openKeyring(dir)).beginRotation()
    expect(before.wrap(DEK, "a").kek).toBe(to)
  })
})

const noRecord = () => Promise.resolve()

test("the ledger signer follows C2SP signed-note and verifies", async () => {
  const signer = (await openKeyring(dir)).ledgerSigner()
  const { name, keyId, publicKey } = signer
  expect(name).toMatch(/^hushou\/[0-9a-f]{8}$/)
  const hashed = Buffer.concat([Buffer.from(name), Buffer.from([0x0a, 0x01]), publicKey])
  expect(keyId).toEqual(createHash("sha256").update(hashed).digest().subarray(0, 4))
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), publicKey])
  const key = createPublicKey({ key: spki, format: "der", type: "spki" })
  expect(verify(null, Buffer.from("head"), key, signer.sign(Buffer.from("head")))).toBe(true)
})

test("a pseudonym names its key, hides the identifier and differs by identifier", async () => {
  const keyring = await openKeyring(dir)
  expect(keyring.pseudonym("A123456789")).toMatch(/^pseudonym-[0-9a-f]{16}:[0-9a-f]{64}$/)
  expect(keyring.pseudonym("A123456789")).not.toBe(keyring.pseudonym("A123456788"))
  for (const file of await readdir(dir))
    expect(await readFile(join(dir, file), "utf8")).not.toContain("A1234")
})
