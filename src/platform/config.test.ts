import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { readConfig, VARIABLE_NAMES } from "./config.ts"

const EXAMPLE = readFileSync(join(import.meta.dirname, "../../.env.example"), "utf8")
const HERE = "/srv/hushou"

/** Name and value of every line, commented out or not. */
const LISTED = [...EXAMPLE.matchAll(/^(# )?([A-Z_]+)=(.*)$/gm)].map(([, off, name = "", value = ""]) => ({
  name,
  value,
  isDefault: off === undefined,
}))

test("without any setting it is loopback, the embedded database, and kept mail", () => {
  expect(readConfig({}, HERE)).toEqual({
    dataDir: "/srv/hushou/data",
    keysDir: "/srv/hushou/keys",
    host: "127.0.0.1",
    port: 8080,
    origin: "http://localhost:8080",
    proxies: [],
    database: null,
    smtpUrl: undefined,
    mailFrom: "hushou@localhost",
    demo: false,
    logLevel: "info",
  })
})

test(".env.example lists exactly what is read", () => {
  expect(LISTED.map((line) => line.name).sort()).toEqual([...VARIABLE_NAMES].sort())
})

test("what .env.example shows switched on are the defaults, and every example is valid", () => {
  const values = (lines: typeof LISTED) => Object.fromEntries(lines.map(({ name, value }) => [name, value]))
  expect(readConfig(values(LISTED.filter((line) => line.isDefault)), HERE)).toEqual(readConfig({}, HERE))
  expect(readConfig(values(LISTED), HERE).origin).toBe("https://hushou.example.gov.tw")
})

test("mail is from the origin's host unless the sender is set", () => {
  expect(readConfig({ HUSHOU_ORIGIN: "https://hushou.example" }, HERE).mailFrom).toBe("hushou@hushou.example")
  expect(readConfig({ HUSHOU_MAIL_FROM: "no-reply@health.example" }, HERE).mailFrom).toBe(
    "no-reply@health.example",
  )
})

test("links follow the port unless the origin is set, and an empty value counts as none", () => {
  expect(readConfig({ HUSHOU_PORT: "9000", HUSHOU_ORIGIN: "" }, HERE).origin).toBe("http://localhost:9000")
  expect(readConfig({ HUSHOU_ORIGIN: "https://Hushou.Example/" }, HERE).origin).toBe("https://hushou.example")
})

test("proxies are addresses and networks, separated by commas", () => {
  const { proxies } = readConfig({ HUSHOU_PROXY: "127.0.0.1, ::1,10.1.0.0/28" }, HERE)
  expect(proxies).toEqual(["127.0.0.1", "::1", "10.1.0.0/28"])
})

test.each([
  { HUSHOU_PORT: "80a" },
  { HUSHOU_PORT: "0" },
  { HUSHOU_PORT: "65536" },
  { HUSHOU_HOST: "not an address" },
  { HUSHOU_ORIGIN: "hushou.example" },
  { HUSHOU_ORIGIN: "http://hushou.example" },
  { HUSHOU_ORIGIN: "https://hushou.example/path" },
  { HUSHOU_PROXY: "proxy.example" },
  { HUSHOU_PROXY: "10.0.0.1,,10.0.0.2" },
  { HUSHOU_PROXY: "10.0.0.0/33" },
  { HUSHOU_PROXY: "true" },
  { DATABASE_URL: "mysql://secret@db/hushou", DATABASE_OWNER_URL: "postgres://o@db/hushou" },
  { DATABASE_OWNER_URL: "postgres://owner:secret@db/hushou" },
  { HUSHOU_SMTP_URL: "mail.example:25/secret" },
  { HUSHOU_MAIL_FROM: "hushou" },
  { HUSHOU_MAIL_FROM: "a@health.example, b@health.example" },
  { HUSHOU_MAIL_FROM: "a@health.example\r\nBcc: secret@health.example" },
  { HUSHOU_DEMO: "yes" },
  { HUSHOU_LOG_LEVEL: "loud" },
  { HUSHOU_KEYS: "./data/keys" },
  { HUSHOU_KEYS: "/srv/hushou/data" },
])("%o stops the start with one line that names a variable and repeats no value", (environment) => {
  const message = messageOf(() => readConfig(environment, HERE))
  expect(message).toMatch(/^設定 (HUSHOU|DATABASE)_\w+ 有誤：.+（(HUSHOU|DATABASE)_\w+ .+）$/)
  expect(message).not.toContain("secret")
})

test("a missing half of the database settings is the one named", () => {
  expect(messageOf(() => readConfig({ DATABASE_URL: "postgres://app@db/hushou" }, HERE))).toContain(
    "設定 DATABASE_OWNER_URL 有誤",
  )
})

test("keys that a link leads into the data directory lie inside it, on either side", () => {
  const root = mkdtempSync(join(tmpdir(), "config-"))
  try {
    mkdirSync(join(root, "data"))
    symlinkSync(join(root, "data"), join(root, "link"))
    const keysIn = (data: string, keys: string) => () =>
      readConfig({ HUSHOU_DATA: data, HUSHOU_KEYS: keys }, root)
    for (const inside of ["link", "link/keys", "link/not/yet"])
      expect(keysIn("data", inside)).toThrow("設定 HUSHOU_KEYS 有誤")
    expect(keysIn("link", "data/keys")).toThrow("設定 HUSHOU_KEYS 有誤")
    expect(keysIn("data", "link/../keys")().keysDir).toBe(join(root, "keys"))
    expect(keysIn("data/deeper", "data")().keysDir).toBe(join(root, "data"))
  } finally {
    rmSync(root, { recursive: true })
  }
})

test("keys beside a data directory with a similar name are outside it", () => {
  expect(readConfig({ HUSHOU_DATA: "data", HUSHOU_KEYS: "data-keys" }, HERE).keysDir).toBe(
    "/srv/hushou/data-keys",
  )
})

function messageOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof Error) return error.message
  }
  return "nothing was thrown"
}
