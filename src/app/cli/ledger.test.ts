import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { bundleOf, headOf, rowsOf, sampleFact, sampleSigner } from "../../../tests/support/ledger-bundle.ts"
import { verifierKey } from "../../ledger/checkpoint.ts"
import { run } from "./ledger.ts"

const signer = sampleSigner()
const key = verifierKey(signer)
const rows = rowsOf(Array.from({ length: 300 }, (_, i) => sampleFact(i)))

let root: string
let dir: string
let said: string[]
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "ledger-cli-"))
  dir = join(root, "bundle")
  said = []
  vi.spyOn(console, "log").mockImplementation((line: string) => void said.push(line))
  vi.spyOn(console, "error").mockImplementation((line: string) => void said.push(line))
  await bundleOf(dir, rows)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(root, { recursive: true })
})

describe("hushou ledger verify", () => {
  test("exits 0 with the key and says how many entries", async () => {
    expect(await run(["verify", dir, "--key", key])).toBe(0)
    expect(said.join("\n")).toMatch(/驗證無誤.*300/)
    expect(said.join("\n")).not.toMatch(/consistency/)
  })

  test("without a key says that it proves consistency, not origin", async () => {
    expect(await run(["verify", dir])).toBe(0)
    expect(said.join("\n")).toMatch(/consistency, not origin/)
  })

  test("exits 1 and names the first bad file or entry", async () => {
    const file = join(dir, "payload/001.p/44")
    const bytes = await readFile(file)
    bytes.writeUInt8(bytes.readUInt8(60) ^ 1, 60)
    await writeFile(file, bytes)
    expect(await run(["verify", dir, "--key", key])).toBe(1)
    expect(said.join("\n")).toContain("payload/001.p/44")
  })

  test("--since takes an older checkpoint, and refuses one of another history", async () => {
    const older = join(root, "older")
    await writeFile(older, headOf(rows, signer, 100))
    expect(await run(["verify", dir, "--key", key, "--since", older])).toBe(0)
    expect(said.join("\n")).toMatch(/100/)
    await writeFile(older, headOf(rows.slice(5), signer, 100))
    expect(await run(["verify", dir, "--key", key, "--since", older])).toBe(1)
  })

  test("a directory or a key that is none exits 1 with one line", async () => {
    expect(await run(["verify", join(root, "nowhere"), "--key", key])).toBe(1)
    expect(await run(["verify", dir, "--key", "nonsense"])).toBe(1)
    expect(said).toHaveLength(2)
  })
})

test("a wrong call exits 2 and shows the usage", async () => {
  for (const argv of [
    [],
    ["verify"],
    ["prove", "x"],
    ["verify", dir, "--what"],
    ["verify-proof", dir],
    ["export", dir, dir],
  ])
    expect(await run(argv)).toBe(2)
  expect(said.join("\n")).toContain("hushou ledger verify DIR")
})
