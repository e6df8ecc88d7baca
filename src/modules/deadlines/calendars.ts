import { createHash } from "node:crypto"
import { sql } from "kysely"
import type { PersonId } from "../../kernel/ids.ts"
import { shippedCalendar } from "../../platform/calendars.ts"
import type { Db, Tx } from "../../platform/db/tx.ts"
import { officeCalendar, type OfficeCalendar, type OfficeYear } from "../../regulation/period/calendar.ts"
import { readOfficeYear } from "../../regulation/period/calendar-file.ts"
import type { ImportedYear } from "./model.ts"

/** Editions never change, so that each is read once; by digest, because every database numbers its own. */
const read = new Map<string, OfficeYear>()

/** The office calendar in force: what the program ships and what was imported here, the later edition of each year. */
export async function loadCalendar(db: Db): Promise<OfficeCalendar> {
  const editions = await db.selectFrom("office_calendar").select(["revision", "sha256"]).execute()
  const unread = editions.filter((edition) => !read.has(keyOf(edition))).map((edition) => edition.sha256)
  if (unread.length > 0) await readEditions(db, unread)
  const imported = editions.map((edition) => read.get(keyOf(edition))).filter((year) => year !== undefined)
  return officeCalendar([...shippedCalendar().years.values(), ...imported])
}

async function readEditions(db: Db, digests: readonly string[]): Promise<void> {
  const rows = await db
    .selectFrom("office_calendar")
    .select(["version", "revision", "sha256", "csv"])
    .where("sha256", "in", [...digests])
    .execute()
  for (const row of rows) {
    const outcome = readOfficeYear(row.csv, row.revision)
    if (!outcome.ok) throw new Error(`the imported office calendar ${row.version} cannot be read any more`)
    read.set(keyOf(row), outcome.year)
  }
}

function keyOf({ revision, sha256 }: { revision: number; sha256: string }): string {
  return `${revision}:${sha256}`
}

/** Imports take turns, so that two editions never share a number. */
export async function lockCalendars(tx: Tx): Promise<void> {
  await sql`lock table office_calendar in share row exclusive mode`.execute(tx)
}

export async function insertImportedYear(tx: Tx, imported: ImportedYear): Promise<void> {
  const { version, year, revision, csv, sha256, importedAt, importedBy } = imported
  await tx
    .insertInto("office_calendar")
    .values({ version, year, revision, csv, sha256, imported_at: importedAt, imported_by: importedBy })
    .execute()
}

/** What was imported here, without the files themselves. */
export async function selectImportedYears(db: Db): Promise<Omit<ImportedYear, "csv">[]> {
  const rows = await db
    .selectFrom("office_calendar")
    .select(["version", "year", "revision", "sha256", "imported_at as importedAt", "imported_by"])
    .orderBy("year")
    .orderBy("revision")
    .execute()
  return rows.map(({ imported_by, ...row }) => ({ ...row, importedBy: imported_by as PersonId }))
}

/** SHA-256 of an edition's file as it stands in the table, whatever digest stands beside it. */
export async function digestOfCalendar(tx: Tx, version: string): Promise<string> {
  const { csv } = await tx
    .selectFrom("office_calendar")
    .select("csv")
    .where("version", "=", version)
    .executeTakeFirstOrThrow()
  return createHash("sha256").update(csv).digest("hex")
}
