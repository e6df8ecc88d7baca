import { execFile } from "node:child_process"
import { readFileSync } from "node:fs"
import { copyFile, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { ROOT } from "../../tools/source-files.ts"
import { freePort, startServer, type ServerProcess } from "../support/server-process.ts"

const README = readFileSync(join(ROOT, "README.md"), "utf8")

let directory: string
let server: ServerProcess
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "hushou-readme-"))
  server = await startServer(directory, await freePort())
})
afterAll(async () => {
  await server.stop()
  await rm(directory, { recursive: true })
})

/** Lines of the README that begin with this program, as they stand there. */
function linesOf(program: string): string[] {
  return README.split("\n").filter((line) => line.startsWith(program))
}

/** Runs a line in the installation's directory, as a reader who pastes it into a shell beside the running server. */
async function paste(line: string): Promise<string> {
  const cli = `"${process.execPath}" "${join(ROOT, "src/app/cli.ts")}"`
  const env = { ...process.env, HUSHOU_DATA: join(directory, "data"), HUSHOU_KEYS: join(directory, "keys") }
  const command = line.replace(/^npx hushou/, cli)
  return (await promisify(execFile)("bash", ["-ec", command], { cwd: directory, env })).stdout
}

describe("the README's commands, pasted in their order", () => {
  test("prove the ledger of the running server to a stranger", async () => {
    const lines = linesOf("npx hushou ledger")
    expect(lines.map((line) => line.split(" ")[3])).toEqual([
      "export",
      "verify",
      "verify",
      "prove",
      "verify-proof",
    ])
    const [exportIt = "", verify = "", verifySince = "", prove = "", verifyProof = ""] = lines
    await paste(exportIt)
    await copyFile(join(directory, "bundle/log.vkey"), join(directory, "log.vkey"))
    expect(await paste(verify)).toContain("驗證無誤")
    await copyFile(join(directory, "bundle/checkpoint"), join(directory, "older"))
    expect(await paste(verifySince)).toContain("驗證無誤")
    await paste(prove)
    expect(await paste(verifyProof)).toContain('"index":42')
  })

  test("print the legal term they promise", async () => {
    const [line = ""] = linesOf("npx hushou deadline")
    const promised = /# (\d{4}-\d\d-\d\d)/.exec(line)?.[1] ?? "no date"
    expect(await paste(line)).toContain(promised)
  })
})

test("the demonstration names a notice for each kind of file, one of them broken", () => {
  const notices = [...server.said().matchAll(/notices\/(\S+)\.eml/g)].map(([, name]) => name)
  expect(notices).toEqual(["household-115.csv", "moved-in-115.csv", "newborn-115.txt", "truncated-115.txt"])
})

test("every setting of the README stands in .env.example, and the other way round", () => {
  const named = (text: string, pattern: RegExp) =>
    [...text.matchAll(pattern)].map(([, name]) => name).toSorted()
  const example = readFileSync(join(ROOT, ".env.example"), "utf8")
  expect(named(README, /^\| `([A-Z_]+)`/gm)).toEqual(named(example, /^#? ?([A-Z_]+)=/gm))
})
