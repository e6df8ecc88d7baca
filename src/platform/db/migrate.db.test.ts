import { appendFile, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { sql } from "kysely"
import { afterEach, beforeEach, expect, test } from "vitest"
import { emptyDatabase, freshDatabase, type TestDatabase } from "../../../tests/support/database.ts"
import { instantOf } from "../../kernel/time.ts"
import { migrate, MIGRATIONS_DIRECTORY } from "./migrate.ts"

let database: TestDatabase
let directory: string

beforeEach(async () => {
  database = await emptyDatabase()
  directory = await mkdtemp(join(tmpdir(), "hushou-migrations-"))
  await writeFile(join(directory, "0001_first.sql"), "create table first (id integer);")
  await writeFile(join(directory, "0002_second.sql"), "create table second (id integer);")
})

afterEach(async () => {
  await database.close()
  await rm(directory, { recursive: true })
})

const CLOCK = { now: () => instantOf(0) }
const migrateHere = () => migrate(database.ownerUrl, CLOCK, directory)

test("new files are applied once, in order, at the time of the clock", async () => {
  expect(await migrateHere()).toEqual(["0001_first.sql", "0002_second.sql"])
  expect(await migrateHere()).toEqual([])
  await writeFile(join(directory, "0003_third.sql"), "create table third (id integer);")
  expect(await migrateHere()).toEqual(["0003_third.sql"])
})

test("several starts at once apply every file once", async () => {
  const applied = await Promise.all([migrateHere(), migrateHere(), migrateHere()])
  expect(applied.flat().sort()).toEqual(["0001_first.sql", "0002_second.sql"])
})

test("an edited, a missing, a late and a twice numbered file are refused before anything is applied", async () => {
  await migrateHere()
  await writeFile(join(directory, "0003_third.sql"), "create table third (id integer);")

  await appendFile(join(directory, "0001_first.sql"), "\n-- edited")
  await expect(migrateHere()).rejects.toThrow(/0001_first.sql was changed after it was applied/)
  await writeFile(join(directory, "0001_first.sql"), "create table first (id integer);")

  await rename(join(directory, "0002_second.sql"), join(directory, "kept"))
  await expect(migrateHere()).rejects.toThrow(/newer than this program: 0002_second.sql/)
  await rename(join(directory, "kept"), join(directory, "0002_second.sql"))

  await writeFile(join(directory, "0003_twin.sql"), "create table twin (id integer);")
  await expect(migrateHere()).rejects.toThrow(/share the number of 0003_twin.sql/)
  await rm(join(directory, "0003_twin.sql"))

  await writeFile(join(directory, "0000_late.sql"), "create table late (id integer);")
  await expect(migrateHere()).rejects.toThrow(/0000_late.sql comes before 0002_second.sql/)
  await rm(join(directory, "0000_late.sql"))

  expect(await migrateHere()).toEqual(["0003_third.sql"])
})

test("line ends of the checkout do not make a file a changed one", async () => {
  await writeFile(join(directory, "0003_third.sql"), "create table third (\n  id integer\n);\n")
  await migrateHere()
  await writeFile(join(directory, "0003_third.sql"), "create table third (\r\n  id integer\r\n);\r\n")
  expect(await migrateHere()).toEqual([])
})

test("a file that fails is undone whole and named, and those before it stay", async () => {
  await writeFile(join(directory, "0003_third.sql"), "create table third (id integer); select 1 / 0;")
  await expect(migrateHere()).rejects.toThrow(/0003_third.sql failed and was undone: division by zero/)
  await writeFile(join(directory, "0003_third.sql"), "create table third (id integer);")
  expect(await migrateHere()).toEqual(["0003_third.sql"])
})

test("the program's own migrations are all applied, and the application may not write their list", async () => {
  const { db, close } = await freshDatabase()
  const applied = await sql<{ name: string }>`select name from schema_migration order by name`.execute(db)
  expect(applied.rows.map((row) => row.name)).toEqual((await readdir(MIGRATIONS_DIRECTORY)).sort())
  await expect(sql`delete from schema_migration`.execute(db)).rejects.toThrow(/permission denied/)
  await expect(sql`create table mine (id integer)`.execute(db)).rejects.toThrow(/permission denied/)
  await close()
})
