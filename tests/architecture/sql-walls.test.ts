import { globSync, readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { describe, expect, it } from "vitest"
import { isTest, ROOT, sourceFiles, type SourceFile } from "../../tools/source-files.ts"

const migrations = globSync("migrations/*.sql", { cwd: ROOT })
  .toSorted()
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }))
const files = sourceFiles("src").filter((f) => !isTest(f) && f.path !== "src/platform/db/schema.ts")

const CREATES = /\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?(\w+)/gi
const READS_VIEW = /^[a-z]+_v_/
const IN_KYSELY =
  /\.(?:selectFrom|insertInto|updateTable|deleteFrom|(?:inner|left|right|full)Join|mergeInto|using)\(\s*\[?\s*"(\w+)/g
const IN_SQL = /\b(?:from|join|into|update|table)\s+"?([a-z]\w*)/gi
const SQL_TEXT = /\bsql(?:<[^`]*?>)?`([^`]*)`|\.query(?:<[^(]*>)?\(\s*[`"']([^`"']*)/g

/** `0016_deliveries.sql` belongs to modules/deliveries; platform, ledger and runtime to their layers. */
function ownerOf(migration: string): string {
  const name = /^\d{4}_([a-z]+)/.exec(basename(migration))?.[1] ?? ""
  return ["platform", "ledger", "runtime"].includes(name) ? `src/${name}/` : `src/modules/${name}/`
}

const owners = new Map(
  migrations.flatMap(({ path, text }) =>
    [...text.matchAll(CREATES)].map(([, table = ""]) => [table, ownerOf(path)] as const),
  ),
)

/** The plain SQL in a source file: tagged templates and texts given to `query`. */
function sqlOf({ text }: Pick<SourceFile, "text">): string {
  return [...text.matchAll(SQL_TEXT)]
    .map(([, tagged, queried]) => `${tagged ?? ""}\n${queried ?? ""}`)
    .join("\n")
}

function tablesNamed(file: Pick<SourceFile, "text">): string[] {
  return [...file.text.matchAll(IN_KYSELY), ...sqlOf(file).matchAll(IN_SQL)].map(([, name = ""]) => name)
}

function trespassers(among: readonly SourceFile[], tables: ReadonlyMap<string, string>): string[] {
  return among.flatMap((file) =>
    tablesNamed(file)
      .filter((name) => !READS_VIEW.test(name) && !file.path.startsWith(tables.get(name) ?? file.path))
      .map((name) => `${file.path} names ${name}, a table of ${tables.get(name) ?? ""}`),
  )
}

function naming(pattern: RegExp, allowed: readonly string[], among: readonly SourceFile[] = files): string[] {
  return among
    .filter((f) => pattern.test(f.text) && !allowed.some((path) => f.path.startsWith(path)))
    .map((f) => f.path)
}

describe("walls of the database", () => {
  it("a table's name appears only in its own module and in migrations", () => {
    expect(owners.size).toBeGreaterThan(0)
    expect(trespassers(files, owners)).toEqual([])
  })

  it("migrations are numbered once and name their module", () => {
    const numbers = migrations.map(
      ({ path }) => /^(\d{4})_[a-z]+(?:-[a-z0-9-]+)?\.sql$/.exec(basename(path))?.[1],
    )
    expect(numbers).not.toContain(undefined)
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  it("transactions open only in platform/db/tx.ts", () => {
    // Migrations run as the owner, on a connection of their own, before the pool exists.
    const allowed = ["src/platform/db/tx.ts", "src/platform/db/migrate.ts"]
    const opens =
      /\.(?:transaction|startTransaction)\(|["'`]\s*(?:begin|start transaction)\b[^"'`]{0,60}["'`]/i
    expect(naming(opens, allowed)).toEqual([])
    expect(
      naming(opens, allowed, [{ path: "src/modules/x/store.ts", text: "db.transaction()" }]),
    ).toHaveLength(1)
  })

  it("only runtime/ appends to the ledger", () => {
    const appends = /\b(?:appendInTx|appendPrepared|sequencer\.appended)\b/
    expect(naming(appends, ["src/ledger/", "src/runtime/"])).toEqual([])
    expect(naming(appends, ["src/ledger/"])).not.toEqual([])
  })

  it("no row gets its time from the database", () => {
    const fromDatabase = /\bdefault\s+(?:now\(\)|current_(?:timestamp|date))/i
    expect(naming(fromDatabase, [], [...migrations, ...files])).toEqual([])
    const asked = files.filter((f) => /\b(?:now\(\)|clock_timestamp\(\)|current_timestamp)/i.test(sqlOf(f)))
    expect(asked.map((f) => f.path)).toEqual([])
    expect(sqlOf({ text: "sql`select now()`" })).toContain("now()")
  })

  it("a trespass is seen in Kysely and in plain SQL", () => {
    const tables = new Map([["linkage", "src/modules/linkages/"]])
    const path = "src/modules/deliveries/store.ts"
    const texts = [
      `tx.selectFrom("linkage as l")`,
      "sql`select 1 from linkage l`",
      `client.query("delete from linkage")`,
    ]
    for (const text of texts) expect(trespassers([{ path, text }], tables)).toHaveLength(1)
    expect(trespassers([{ path, text: `tx.selectFrom("linkages_v_linkage")` }], tables)).toEqual([])
  })
})
