import { execFile } from "node:child_process"
import { mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"

let root: string
beforeEach(async () => (root = await mkdtemp(join(tmpdir(), "main-"))))
afterEach(() => rm(root, { recursive: true }))

/** The program as it is started, with nothing but these settings. */
function start(
  settings: Readonly<Record<string, string>>,
): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env["PATH"], ...settings }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, "main.ts")],
      { cwd: root, env },
      (error, out, err) => {
        resolve({ code: Number(error?.code ?? 0), out, err })
      },
    )
  })
}

test("keys that a link leads into the data directory stop the start with one line, and nothing is made", async () => {
  await mkdir(join(root, "data"))
  await symlink(join(root, "data"), join(root, "keys"))
  const { code, out, err } = await start({ HUSHOU_DATA: "data", HUSHOU_KEYS: "keys" })
  expect({ code, out }).toEqual({ code: 1, out: "" })
  expect(err).toMatch(/^設定 HUSHOU_KEYS 有誤：[^\n]+\n$/)
  expect(await readdir(join(root, "data"))).toEqual([])
})
