import { realpathSync } from "node:fs"
import { homedir } from "node:os"
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path"
import { z } from "zod"
import { StartError } from "./start-error.ts"

/** Everything the environment decides, with paths absolute; what each means stands in `.env.example`. */
export interface Config {
  readonly dataDir: string
  readonly keysDir: string
  readonly host: string
  readonly port: number
  /** Where users reach us: `https://hushou.example`, without a path. The only source of links and cookie scope. */
  readonly origin: string
  /** Reverse proxies, by address or network, that are believed about where a request comes from. */
  readonly proxies: readonly string[]
  /** `null` runs the embedded PostgreSQL in the data directory. */
  readonly database: { readonly url: string; readonly ownerUrl: string } | null
  /** Without it mail is kept as files in the data directory. */
  readonly smtpUrl: string | undefined
  /** The sender of every mail, one address. */
  readonly mailFrom: string
  readonly demo: boolean
  readonly logLevel: (typeof LOG_LEVELS)[number]
}

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const

const PORT = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.number().min(1).max(65_535))
const PATH = z.string().regex(/^[^\0]+$/)
const PROXIES = z
  .string()
  .transform((text) => text.split(",").map((part) => part.trim()))
  .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])))
const POSTGRES_URL = z.string().refine((text) => hasProtocol(text, "postgres:", "postgresql:"))

/** What each variable may be, and the words for it when it is something else. */
const VARIABLES = {
  HUSHOU_DATA: { schema: PATH.default("./data"), zh: "須為目錄路徑", en: "must be a directory" },
  HUSHOU_KEYS: { schema: PATH.default("./keys"), zh: "須為目錄路徑", en: "must be a directory" },
  HUSHOU_PORT: {
    schema: PORT.default(8080),
    zh: "須為 1 至 65535 的整數",
    en: "must be a whole number from 1 to 65535",
  },
  HUSHOU_HOST: {
    schema: z.union([z.ipv4(), z.ipv6(), z.hostname()]).default("127.0.0.1"),
    zh: "須為本機的位址，例如 127.0.0.1 或 0.0.0.0",
    en: "must be an address of this machine, such as 127.0.0.1 or 0.0.0.0",
  },
  HUSHOU_ORIGIN: {
    schema: z.string().refine(isOrigin).optional(),
    zh: "須為不含路徑的網址，例如 https://hushou.example（除 localhost 外一律 https）",
    en: "must be a web address without a path, such as https://hushou.example (https unless localhost)",
  },
  HUSHOU_PROXY: {
    schema: PROXIES.optional(),
    zh: "須為反向代理之位址或網段，以逗號分隔，例如 127.0.0.1 或 10.1.0.0/28",
    en: "must be addresses or networks of reverse proxies, separated by commas, such as 127.0.0.1 or 10.1.0.0/28",
  },
  DATABASE_URL: {
    schema: POSTGRES_URL.optional(),
    zh: "須為 postgres://帳號:密碼@主機/資料庫",
    en: "must be postgres://user:password@host/database",
  },
  DATABASE_OWNER_URL: {
    schema: POSTGRES_URL.optional(),
    zh: "須為 postgres://帳號:密碼@主機/資料庫",
    en: "must be postgres://user:password@host/database",
  },
  HUSHOU_SMTP_URL: {
    schema: z
      .string()
      .refine((text) => hasProtocol(text, "smtp:", "smtps:") && URL.parse(text)?.hostname !== "")
      .optional(),
    zh: "須為 smtp://主機 或 smtps://主機",
    en: "must be smtp://host or smtps://host",
  },
  HUSHOU_MAIL_FROM: {
    schema: z.email().optional(),
    zh: "須為單一電子郵件地址，例如 hushou@health.example",
    en: "must be one mail address, such as hushou@health.example",
  },
  HUSHOU_DEMO: {
    schema: z
      .enum(["0", "1"])
      .default("0")
      .transform((text) => text === "1"),
    zh: "須為 1 或 0",
    en: "must be 1 or 0",
  },
  HUSHOU_LOG_LEVEL: {
    schema: z.enum(LOG_LEVELS).default("info"),
    zh: `須為 ${LOG_LEVELS.join("、")} 之一`,
    en: `must be one of ${LOG_LEVELS.join(", ")}`,
  },
} as const

type Variable = keyof typeof VARIABLES

/** The names `readConfig` reads, all of them. */
export const VARIABLE_NAMES = Object.keys(VARIABLES) as readonly Variable[]

/**
 * Reads the configuration from `environment`; an empty value counts as none. Relative paths are under `directory`.
 * Throws StartError, one line that names the variable but never repeats its value, which may hold a password.
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  directory = process.cwd(),
): Config {
  const read = <V extends Variable>(name: V) => readVariable(name, environment[name])
  const port = read("HUSHOU_PORT")
  const dataDir = absolute(directory, read("HUSHOU_DATA"))
  const origin = new URL(read("HUSHOU_ORIGIN") ?? `http://localhost:${port}`)
  return {
    dataDir,
    keysDir: outside(dataDir, absolute(directory, read("HUSHOU_KEYS"))),
    host: read("HUSHOU_HOST"),
    port,
    origin: origin.origin,
    proxies: read("HUSHOU_PROXY") ?? [],
    database: databaseOf(read("DATABASE_URL"), read("DATABASE_OWNER_URL")),
    smtpUrl: read("HUSHOU_SMTP_URL"),
    mailFrom: read("HUSHOU_MAIL_FROM") ?? `hushou@${origin.hostname}`,
    demo: read("HUSHOU_DEMO"),
    logLevel: read("HUSHOU_LOG_LEVEL"),
  }
}

type ValueOf<V extends Variable> = z.output<(typeof VARIABLES)[V]["schema"]>

function readVariable<V extends Variable>(name: V, text: string | undefined): ValueOf<V> {
  const { schema, zh, en } = VARIABLES[name]
  const parsed = schema.safeParse(text === "" ? undefined : text)
  if (!parsed.success) throw wrong(name, zh, en)
  return parsed.data as ValueOf<V>
}

function wrong(name: Variable, zh: string, en: string): StartError {
  return new StartError(`設定 ${name} 有誤：${zh}`, `${name} ${en}`)
}

function absolute(directory: string, path: string): string {
  return resolve(directory, path.replace(/^~(?=\/|$)/, homedir()))
}

/** A backup of the data must not carry the keys that open it, whatever links lead to them. */
function outside(dataDir: string, keysDir: string): string {
  const path = relative(realPath(dataDir), realPath(keysDir))
  if (path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path)) return keysDir
  throw wrong("HUSHOU_KEYS", "不得位於資料目錄 HUSHOU_DATA 之內", "must not lie inside HUSHOU_DATA")
}

/** Links followed as far as the path exists, with the rest appended. */
function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : join(realPath(parent), basename(path))
  }
}

function databaseOf(url: string | undefined, ownerUrl: string | undefined): Config["database"] {
  if (url !== undefined && ownerUrl !== undefined) return { url, ownerUrl }
  if (url === undefined && ownerUrl === undefined) return null
  const name = url === undefined ? "DATABASE_URL" : "DATABASE_OWNER_URL"
  throw wrong(
    name,
    "DATABASE_URL 與 DATABASE_OWNER_URL 須一併設定",
    "is missing: set both DATABASE_URL and DATABASE_OWNER_URL",
  )
}

function hasProtocol(text: string, ...protocols: readonly string[]): boolean {
  const url = URL.parse(text)
  return url !== null && protocols.includes(url.protocol)
}

/** Passkeys and secure cookies need https, which browsers waive for localhost only. */
function isOrigin(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || url.pathname !== "/" || url.search !== "" || url.hash !== "" || url.username !== "")
    return false
  const isLocal = url.hostname === "localhost" || url.hostname.endsWith(".localhost")
  return url.protocol === "https:" || (url.protocol === "http:" && isLocal)
}
