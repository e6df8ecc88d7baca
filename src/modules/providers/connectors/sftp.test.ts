import { createHash, randomBytes } from "node:crypto"
import { appendFile, mkdtemp, readFile, rename, rm, truncate, utimes, writeFile } from "node:fs/promises"
import { createServer, type AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { startProviderSim, type ProviderSim } from "../../../../tools/provider-sim/simulator.ts"
import {
  downloadResumable,
  listRemote,
  probeHostKey,
  type DownloadOptions,
  type RemoteVersion,
  type SftpTarget,
} from "./sftp.ts"

const MEBIBYTE = 1 << 20
let dir: string
let sim: ProviderSim

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "provider-"))
  sim = await startProviderSim({ dir, sftpPort: 0, smtpPort: 0 })
})
afterEach(async () => {
  await sim.stop()
  await rm(dir, { recursive: true })
})

/** Random bytes under the name the tests ask for: what is in a file does not matter here. */
async function publish(size = 3 * MEBIBYTE) {
  const bytes = randomBytes(size)
  const localPath = join(dir, "files", "household.csv")
  await writeFile(localPath, bytes)
  return { localPath, bytes: size, sha256: createHash("sha256").update(bytes).digest("hex") }
}

/** Downloads into memory with short pauses. */
async function download(options: Partial<DownloadOptions> = {}, target: SftpTarget = sim.sftp) {
  const pieces: Uint8Array[] = []
  const sink = (bytes: Uint8Array) => {
    pieces.push(bytes)
    return Promise.resolve()
  }
  const result = await downloadResumable(target, "/household.csv", { sink, firstPauseMs: 1, ...options })
  const bytes = Buffer.concat(pieces)
  return { result, bytes, sha256: createHash("sha256").update(bytes).digest("hex") }
}

describe("6-1b 自提供機關 SFTP 伺服器下載", () => {
  test("the whole file arrives in order, with progress", async () => {
    const file = await publish()
    const seen: number[] = []
    const { result, sha256 } = await download({ onProgress: (done, size) => void seen.push(done / size) })
    expect(result).toMatchObject({ ok: true, file: { size: file.bytes }, reconnects: 0 })
    expect(sha256).toBe(file.sha256)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(seen.at(-1)).toBe(1)
  })

  test("an empty file is a file", async () => {
    await sim.publish({ name: "household.csv", format: "big5-fixed", records: 0 })
    expect((await download()).result).toMatchObject({ ok: true, file: { size: 0 } })
  })

  test("a download cut again and again goes on from where it stopped", async () => {
    const file = await publish()
    sim.faults.dropAfterBytes = MEBIBYTE / 2
    const { result, sha256 } = await download({ attempts: 1 })
    expect(result).toMatchObject({ ok: true })
    expect(result.ok && result.reconnects).toBeGreaterThanOrEqual(3)
    expect(sha256).toBe(file.sha256)
  })

  test("a server that falls silent is left and asked again", async () => {
    const file = await publish()
    sim.faults.stallAfterBytes = MEBIBYTE
    const { result, sha256 } = await download({ stallMs: 200 })
    expect(result).toMatchObject({ ok: true })
    expect(sha256).toBe(file.sha256)
  })

  test("a later call resumes at the offset the caller kept", async () => {
    const file = await publish()
    let version: RemoteVersion | undefined
    sim.faults.dropAfterBytes = 0
    const first = await download({
      attempts: 1,
      onVersion: (v) => Promise.resolve(void (version = v)),
    })
    expect(first.result).toEqual({ ok: false, code: "REMOTE_UNREACHABLE", done: 0 })
    sim.faults.dropAfterBytes = undefined
    const whole = await readFile(file.localPath)
    const { result, bytes } = await download({
      fromOffset: 1_000_003,
      ...(version === undefined ? {} : { expected: version }),
    })
    expect(result.ok).toBe(true)
    expect(bytes.equals(whole.subarray(1_000_003))).toBe(true)
  })

  test("another host key than the pinned one is refused before anything is sent", async () => {
    await publish()
    const pinned = { ...sim.sftp, hostKeyFingerprint: `SHA256:${"A".repeat(43)}` }
    expect((await download({}, pinned)).result).toEqual({ ok: false, code: "WRONG_HOST_KEY", done: 0 })
    expect(await listRemote(pinned, "/")).toEqual({ ok: false, code: "WRONG_HOST_KEY" })
    expect(sim.signInAttempts).toEqual([])
  })

  test("a wrong password is said to be one and not tried again", async () => {
    await publish()
    const target = { ...sim.sftp, password: "wrong" }
    expect((await download({}, target)).result).toEqual({ ok: false, code: "WRONG_CREDENTIALS", done: 0 })
    expect(sim.signInAttempts.filter((attempt) => attempt.method === "password")).toHaveLength(1)
    expect((await download({}, { ...sim.sftp, privateKey: "not a key" })).result).toMatchObject({
      code: "WRONG_CREDENTIALS",
    })
  })

  test("a missing file and a directory are no files", async () => {
    expect((await download()).result).toEqual({ ok: false, code: "REMOTE_FILE_MISSING", done: 0 })
    const sink = () => Promise.resolve()
    expect(await downloadResumable(sim.sftp, "/no/such", { sink })).toMatchObject({
      code: "REMOTE_FILE_MISSING",
    })
  })

  test("a server that is down is tried as often as allowed, and what was kept is told", async () => {
    await sim.stop()
    const { result } = await download({ attempts: 2, fromOffset: 42, expected: { size: 100, modifiedAt: 1 } })
    expect(result).toEqual({ ok: false, code: "REMOTE_UNREACHABLE", done: 42 })
    expect(await probeHostKey(sim.sftp.host, sim.sftp.port)).toEqual({
      ok: false,
      code: "REMOTE_UNREACHABLE",
    })
  })
})

describe("6-1b 下載中檔案遭更換", () => {
  /** Runs `change` once, when the first mebibyte has arrived. */
  async function downloadWhile(change: (path: string) => Promise<unknown>) {
    const file = await publish()
    let changed = false
    return download({
      sink: async (_, offset) => {
        if (offset < MEBIBYTE || changed) return
        changed = true
        await change(file.localPath)
      },
    })
  }

  test.each<[string, (path: string) => Promise<unknown>]>([
    ["grows", (path) => appendFile(path, "more")],
    ["shrinks", (path) => truncate(path, 2 * MEBIBYTE)],
    ["is written anew at the same size", (path) => utimes(path, 1_000_000, 1_000_000)],
    [
      "is replaced under its name",
      async (path) => {
        const other = await sim.publish({ name: "other.csv", format: "utf8-csv", records: 5 })
        await rename(other.localPath, path)
      },
    ],
  ])("a file that %s is refused", async (_, change) => {
    expect((await downloadWhile(change)).result).toMatchObject({ ok: false, code: "REMOTE_FILE_CHANGED" })
  })

  test("a part kept from another version is not continued", async () => {
    const file = await publish()
    const expected = { size: file.bytes, modifiedAt: 1 }
    const { result, bytes } = await download({ fromOffset: 10, expected })
    expect(result).toEqual({ ok: false, code: "REMOTE_FILE_CHANGED", done: 10 })
    expect(bytes).toHaveLength(0)
  })
})

describe("downloadResumable and its caller", () => {
  test("what the sink throws comes out, and nothing is tried again", async () => {
    await publish()
    const full = new Error("disk full")
    await expect(download({ sink: () => Promise.reject(full) })).rejects.toBe(full)
    expect(sim.signInAttempts).toHaveLength(1)
  })

  test("a signal stops it between two pieces", async () => {
    await publish()
    const stop = new AbortController()
    const { result } = await download({ signal: stop.signal, onProgress: () => stop.abort() })
    expect(result).toEqual({ ok: false, code: "DOWNLOAD_STOPPED", done: 31 * 1024 })
  })

  test("the sink sets the pace: while it is busy, no more than a mebibyte is asked for ahead of it", async () => {
    await publish(4 * MEBIBYTE)
    let goOn: () => void = () => undefined
    const busy = new Promise<void>((resolve) => (goOn = resolve))
    const downloading = download({ sink: () => busy })
    await vi.waitFor(() => expect(sim.traffic.sentBytes).toBe(32 * 31 * 1024), {
      timeout: 20_000,
    })
    await sleep(50)
    expect(sim.traffic.sentBytes).toBe(32 * 31 * 1024)
    goOn()
    expect((await downloading).result.ok).toBe(true)
  })
})

describe("looking at a provider's server", () => {
  test("the host key can be read without signing in, to be pinned", async () => {
    const probed = await probeHostKey(sim.sftp.host, sim.sftp.port)
    expect(probed).toEqual({ ok: true, algorithm: "ssh-ed25519", fingerprint: sim.sftp.hostKeyFingerprint })
    expect(sim.signInAttempts).toEqual([])
  })

  test("a peer that speaks no SSH gives no key", async () => {
    const web = createServer((socket) => socket.resume().end("HTTP/1.1 400 Bad Request\r\n\r\n"))
    await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve))
    const { port } = web.address() as AddressInfo
    expect(await probeHostKey("127.0.0.1", port)).toEqual({ ok: false, code: "REMOTE_UNREACHABLE" })
    await new Promise((resolve) => web.close(resolve))
  })

  test("files are listed by name with size and time; a missing directory is said to be missing", async () => {
    const file = await publish()
    await sim.publish({ name: "a.csv", format: "utf8-csv", records: 1 })
    const listed = await listRemote(sim.sftp, "/")
    expect(listed.ok && listed.files.map((f) => f.name)).toEqual(["a.csv", "household.csv"])
    expect(listed.ok && listed.files[1]?.size).toBe(file.bytes)
    expect(await listRemote(sim.sftp, "/no/such")).toEqual({ ok: false, code: "REMOTE_FILE_MISSING" })
  })
})
