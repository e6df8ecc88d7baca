/**
 * `npm run schema` writes src/platform/db/schema.ts, the table types, from the migrations themselves;
 * with `--check` it writes nothing and exits 1 when the file is stale.
 */
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { Client } from "pg"
import { startDatabaseServer } from "../tests/support/database-server.ts"
import { urlFor } from "../tests/support/database-url.ts"

const TARGET = join(import.meta.dirname, "../src/platform/db/schema.ts")

interface Column {
  readonly table: string
  readonly view: boolean
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly identity: string
  readonly defaulted: boolean
}

const COLUMNS = `
  select c.relname as table, c.relkind in ('v', 'm') as view, a.attname as name, t.typname as type,
    a.attnotnull as required, a.attidentity as identity, a.atthasdef as defaulted
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid
  join pg_type t on t.oid = a.atttypid
  where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
    and a.attnum > 0 and not a.attisdropped
  order by c.relname collate "C", a.attnum`

const TYPES: Readonly<Record<string, string>> = {
  bool: "boolean",
  int2: "number",
  int4: "number",
  int8: "number",
  float8: "number",
  numeric: "string",
  text: "string",
  _text: "string[]",
  varchar: "string",
  uuid: "string",
  bytea: "Bytes",
  json: "JsonText",
  jsonb: "JsonText",
  date: "CivilDate",
  timestamptz: "Instant",
}

const DECLARATIONS = {
  JsonText:
    "/** Read as parsed JSON, written as JSON text. */\ntype JsonText = ColumnType<unknown, string, string>\n",
  Bytes: "type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>\n",
  Read: "/** A column of a view. */\ntype Read<T> = ColumnType<T, never, never>\n",
}

const IMPORTS = {
  kysely: ["ColumnType", "Generated", "GeneratedAlways"],
  "../../kernel/time.ts": ["CivilDate", "Instant"],
}

/** The text of schema.ts for the tables and views of the database at `url`. */
export async function describeSchema(url: string): Promise<string> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<Column>(COLUMNS)
    const tables = Map.groupBy(rows, (column) => column.table)
    const interfaces = [...tables].map(([table, columns]) => printTable(table, columns))
    const entries = [...tables.keys()].map((table) => `  ${table}: ${typeName(table)}\n`)
    return withHeader(`${interfaces.join("\n")}\nexport interface Database {\n${entries.join("")}}\n`)
  } finally {
    await client.end()
  }
}

/** Declares and imports just the names `body` uses, because an unused one is an error. */
function withHeader(body: string): string {
  const uses = (text: string, name: string) => new RegExp(`\\b${name}\\b`).test(text)
  const declared = Object.entries(DECLARATIONS).flatMap(([name, text]) => (uses(body, name) ? [text] : []))
  const all = [...declared, body].join("\n")
  const imports = Object.entries(IMPORTS).flatMap(([from, names]) => {
    const used = names.filter((name) => uses(all, name))
    return used.length === 0 ? [] : [`import type { ${used.join(", ")} } from "${from}"\n`]
  })
  const origin = "// Written by `npm run schema` from migrations/. Change a migration, not this file.\n"
  return `${origin}${imports.join("")}\n${all}`
}

function printTable(table: string, columns: readonly Column[]): string {
  const lines = columns.map((column) => `  ${column.name}: ${columnType(column)}\n`)
  return `interface ${typeName(table)} {\n${lines.join("")}}\n`
}

function columnType(column: Column): string {
  const type = nullable(column, baseType(column))
  if (column.view) return `Read<${column.type.startsWith("json") ? "unknown" : readable(type)}>`
  if (column.identity === "a") return `GeneratedAlways<${type}>`
  return column.defaulted || column.identity === "d" ? `Generated<${type}>` : type
}

/** What a view's column reads as. */
function readable(type: string): string {
  return type.replace("Bytes", "Buffer")
}

function nullable({ required }: Column, type: string): string {
  if (required) return type
  if (type === "JsonText") return "ColumnType<unknown, string | null, string | null>"
  if (type === "Bytes") return "ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>"
  return `${type} | null`
}

function baseType({ table, name, type }: Column): string {
  const base = TYPES[type.replace(/^_/, "")]
  if (base === undefined) throw new Error(`${table}.${name}: no TypeScript type for ${type}; add it to TYPES`)
  return type.startsWith("_") ? `${base}[]` : base
}

function typeName(table: string): string {
  return `${table.replaceAll(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}Table`
}

async function main(): Promise<void> {
  const server = await startDatabaseServer()
  const fresh = await describeSchema(urlFor(server, "owner", server.template)).finally(server.close)
  if (!process.argv.includes("--check")) return writeFile(TARGET, fresh)
  if ((await readFile(TARGET, "utf8")) === fresh) return
  process.stderr.write("src/platform/db/schema.ts is stale: run npm run schema and commit it\n")
  process.exitCode = 1
}

if (import.meta.main) await main()
