import { execFile } from "node:child_process"
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises"
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

test.each([
  ["HUSHOU_DATA", { HUSHOU_DATA: "file" }],
  ["HUSHOU_DATA", { HUSHOU_DATA: "file/below" }],
  ["HUSHOU_KEYS", { HUSHOU_DATA: "data", HUSHOU_KEYS: "file" }],
  ["HUSHOU_SMTP_URL", { HUSHOU_SMTP_URL: "smtp://" }],
  [
    "DATABASE_URL",
    {
      DATABASE_URL: "postgres://hushou_app:secret@127.0.0.1:1/hushou",
      DATABASE_OWNER_URL: "postgres://hushou_owner:secret@127.0.0.1:1/hushou",
    },
  ],
])("a wrong %s stops the start with one line that names it", async (variable, settings) => {
  await writeFile(join(root, "file"), "")
  const { code, out, err } = await start({ HUSHOU_DATA: "data", HUSHOU_KEYS: "keys", ...settings })
  expect({ code, out }).toEqual({ code: 1, out: "" })
  expect(err).toMatch(new RegExp(`^[^\\n]*${variable}[^\\n]+\\n$`))
  expect(err).not.toContain("secret")
})
