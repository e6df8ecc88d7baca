import { relative, resolve } from "node:path"
import { z } from "zod"
import { StartError } from "./start-error.ts"

const LEVELS = ["fatal", "error", "warn", "info", "debug", "silent"] as const

/** Empty means the default, as a line left blank in an environment file does. */
const optional = <Value extends z.ZodType>(value: Value) =>
  z.preprocess((given) => (given === "" ? undefined : given), value.optional())
const url = (pattern: RegExp, form: string) =>
  optional(z.string().refine((value) => pattern.test(value) && URL.canParse(value), { error: form }))

const Environment = z.object({
  HUSHOU_DATA: optional(z.string()),
  HUSHOU_KEYS: optional(z.string()),
  HUSHOU_HOST: optional(z.string().regex(/^[0-9A-Za-z.:-]+$/, "a host name or address, such as 127.0.0.1")),
  HUSHOU_PORT: optional(
    z.coerce
      .number({ error: "a port from 1 to 65535" })
      .int()
      .min(1, "a port from 1 to 65535")
      .max(65_535, "a port from 1 to 65535"),
  ),
  HUSHOU_ORIGIN: url(/^https?:\/\/[^/]+$/, "an origin without a path, such as https://hushou.example.gov.tw"),
  DATABASE_URL: url(/^postgres(ql)?:\/\//, "postgres://user:password@host:5432/database"),
  DATABASE_OWNER_URL: url(/^postgres(ql)?:\/\//, "postgres://user:password@host:5432/database"),
  HUSHOU_SMTP_URL: url(/^smtps?:\/\//, "smtp://host:25 or smtps://user:password@host:465"),
  HUSHOU_DEMO: optional(z.enum(["0", "1"], { error: "0 or 1" })),
  HUSHOU_LOG_LEVEL: optional(z.enum(LEVELS, { error: LEVELS.join(", ") })),
})

/** Every variable the program reads; `.env.example` lists the same. */
export const VARIABLES = Object.keys(Environment.shape)

export interface Config {
  /** Absolute. */
  readonly dataDir: string
  /** Absolute; never inside `dataDir`, so that a backup of the data does not hold the keys to it. */
  readonly keysDir: string
  readonly host: string
  readonly port: number
  /** The only source of links, cookie scope and origin checks. */
  readonly origin: string
  /** `null`: the embedded server. */
  readonly database: { readonly url: string; readonly ownerUrl: string } | null
  /** `null`: mails are kept as `.eml` in the data directory. */
  readonly smtpUrl: string | null
  readonly demo: boolean
  readonly logLevel: (typeof LEVELS)[number]
}

/** Reads the environment. Throws StartError naming the first wrong variable and the form it must have. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const read = Environment.safeParse(environment)
  if (!read.success) {
    const [issue] = read.error.issues
    const name = String(issue?.path[0])
    throw new StartError(
      `環境變數 ${name} 設定有誤，應為：${issue?.message ?? ""}`,
      `${name} must be ${issue?.message ?? ""}`,
    )
  }
  const given = read.data
  const port = given.HUSHOU_PORT ?? 8080
  const dataDir = resolve(given.HUSHOU_DATA ?? "data")
  const keysDir = resolve(given.HUSHOU_KEYS ?? "keys")
  return {
    dataDir,
    keysDir: outside(dataDir, keysDir),
    host: given.HUSHOU_HOST ?? "localhost",
    port,
    origin: given.HUSHOU_ORIGIN ?? `http://localhost:${port}`,
    database: databaseOf(given.DATABASE_URL, given.DATABASE_OWNER_URL),
    smtpUrl: given.HUSHOU_SMTP_URL ?? null,
    demo: given.HUSHOU_DEMO === "1",
    logLevel: given.HUSHOU_LOG_LEVEL ?? "info",
  }
}

function outside(dataDir: string, keysDir: string): string {
  if (!relative(dataDir, keysDir).startsWith(".."))
    throw new StartError(
      "環境變數 HUSHOU_KEYS 不得位於資料目錄（HUSHOU_DATA）之內，以免備份同時帶走金鑰",
      "HUSHOU_KEYS must not lie inside HUSHOU_DATA, or a backup would hold the keys too",
    )
  return keysDir
}

function databaseOf(url: string | undefined, ownerUrl: string | undefined): Config["database"] {
  if (url === undefined && ownerUrl === undefined) return null
  if (url === undefined || ownerUrl === undefined)
    throw new StartError(
      "DATABASE_URL 與 DATABASE_OWNER_URL 須同時設定：前者為應用程式角色，後者為建立資料表之角色",
      "set DATABASE_URL (the application's role) and DATABASE_OWNER_URL (the role that migrates) together",
    )
  return { url, ownerUrl }
}
