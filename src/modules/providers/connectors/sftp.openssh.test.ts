import { execFileSync, spawn, type ChildProcess } from "node:child_process"
import { createHash, randomBytes } from "node:crypto"
import { mkdirSync } from "node:fs"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { connect, createServer, type AddressInfo } from "node:net"
import { tmpdir, userInfo } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { downloadResumable, listRemote, probeHostKey, type SftpTarget } from "./sftp.ts"

const SSHD = "/usr/sbin/sshd" // Debian package openssh-server
const FILE_BYTES = 4 << 20

let dir: string
let sshd: ChildProcess
let target: SftpTarget
let file: { path: string; sha256: string }

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "openssh-"))
  for (const name of ["host", "client"])
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(dir, name)])
  const port = await freePort()
  await writeFile(join(dir, "sshd_config"), configOf(port))
  if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true, mode: 0o755 }) // sshd as root insists
  sshd = spawn(SSHD, ["-D", "-e", "-f", join(dir, "sshd_config")], { stdio: "ignore" })
  await vi.waitFor(async () => expect((await probeHostKey("127.0.0.1", port)).ok).toBe(true), {
    timeout: 20_000,
  })
  const bytes = randomBytes(FILE_BYTES)
  file = { path: join(dir, "household.csv"), sha256: createHash("sha256").update(bytes).digest("hex") }
  await writeFile(file.path, bytes)
  target = {
    host: "127.0.0.1",
    port,
    user: userInfo().username,
    privateKey: await readFile(join(dir, "client"), "utf8"),
    hostKeyFingerprint: printedFingerprint(),
  }
}, 30_000)

afterAll(async () => {
  const gone = new Promise((resolve) => sshd.once("exit", resolve))
  sshd.kill()
  await gone
  await rm(dir, { recursive: true })
})

function configOf(port: number): string {
  return [
    `Port ${port}`,
    "ListenAddress 127.0.0.1",
    `HostKey ${join(dir, "host")}`,
    `AuthorizedKeysFile ${join(dir, "client.pub")}`,
    "StrictModes no",
    "UsePAM no",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "PermitRootLogin yes",
    "PidFile none",
    "Subsystem sftp internal-sftp",
  ].join("\n")
}

function printedFingerprint(): string {
  const printed = execFileSync("ssh-keygen", ["-lf", join(dir, "host.pub")], { encoding: "utf8" })
  return printed.split(" ")[1] ?? ""
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

/** A way to the server that cuts every connection after `limit` bytes towards the client, `cuts` times. */
async function cuttingProxy(to: number, limit: number, cuts: number) {
  let left = cuts
  const proxy = createServer((client) => {
    const server = connect({ host: "127.0.0.1", port: to, noDelay: true })
    let passed = 0
    server.on("data", (data) => {
      passed += data.length
      client.write(data)
      if (left === 0 || passed < limit) return
      left--
      server.destroy()
      client.destroySoon()
    })
    client.on("data", (data) => server.write(data))
    for (const socket of [client, server]) socket.on("error", () => undefined)
    client.on("close", () => server.destroy())
    server.on("close", () => client.destroySoon())
  })
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve))
  return {
    port: (proxy.address() as AddressInfo).port,
    close: () => new Promise((resolve) => proxy.close(resolve)),
  }
}

function hashing() {
  const hash = createHash("sha256")
  const sink = (bytes: Uint8Array) => Promise.resolve(void hash.update(bytes))
  return { sink, sha256: () => hash.digest("hex") }
}

describe("6-1b 自 OpenSSH 伺服器下載", () => {
  test("the probed host key is the one ssh-keygen prints", async () => {
    const probed = await probeHostKey(target.host, target.port)
    expect(probed).toEqual({ ok: true, algorithm: "ssh-ed25519", fingerprint: target.hostKeyFingerprint })
  })

  test("files are listed and downloaded with a key", async () => {
    const listed = await listRemote(target, dir)
    expect(listed.ok && listed.files.find((f) => f.name === "household.csv")?.size).toBe(FILE_BYTES)
    const { sink, sha256 } = hashing()
    expect(await downloadResumable(target, file.path, { sink })).toMatchObject({ ok: true, reconnects: 0 })
    expect(sha256()).toBe(file.sha256)
  })

  test("a connection that breaks twice is resumed", async () => {
    const proxy = await cuttingProxy(target.port, FILE_BYTES / 3, 2)
    const { sink, sha256 } = hashing()
    const result = await downloadResumable({ ...target, port: proxy.port }, file.path, {
      sink,
      firstPauseMs: 1,
    })
    expect(result).toMatchObject({ ok: true, reconnects: 2 })
    expect(sha256()).toBe(file.sha256)
    await proxy.close()
  })

  test("another host key than the pinned one is refused", async () => {
    const wrong = { ...target, hostKeyFingerprint: `SHA256:${"A".repeat(43)}` }
    const { sink } = hashing()
    expect(await downloadResumable(wrong, file.path, { sink })).toEqual({
      ok: false,
      code: "WRONG_HOST_KEY",
      done: 0,
    })
  })

  test("a key the server does not know is refused as credentials; a missing file as missing", async () => {
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(dir, "stranger")])
    const privateKey = await readFile(join(dir, "stranger"), "utf8")
    expect(await listRemote({ ...target, privateKey }, dir)).toEqual({ ok: false, code: "WRONG_CREDENTIALS" })
    const { sink } = hashing()
    expect(await downloadResumable(target, join(dir, "none"), { sink })).toMatchObject({
      code: "REMOTE_FILE_MISSING",
    })
  })
})
