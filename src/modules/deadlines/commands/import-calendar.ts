import { createHash } from "node:crypto"
import { Readable } from "node:stream"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { readOfficeYear } from "../../../regulation/period/calendar-file.ts"
import type { OfficeCalendar } from "../../../regulation/period/calendar.ts"
import { refuse } from "../../../regulation/rule.ts"
import type { Command } from "../../../runtime/index.ts"
import { insertImportedYear, loadCalendar, lockCalendars } from "../calendars.ts"
import { recomputeDeadlines } from "../keep-deadlines.ts"
import type { ImportedYear } from "../model.ts"
import { decideImportCalendar } from "../rules.ts"

/** Takes one year of the official CSV as its next edition, and computes open deadlines anew. */
export const importOfficeCalendar: Command<{ readonly csv: Buffer }, OfficeCalendar, ImportedYear> = {
  name: "import-office-calendar",
  load: async (tx) => {
    await lockCalendars(tx)
    return loadCalendar(tx)
  },
  decide: (calendar, { csv }, deciding) => {
    const sha256 = createHash("sha256").update(csv).digest("hex")
    // What a year says does not depend on its edition; the number is given by the decision.
    return decideImportCalendar({ csv, sha256, read: readOfficeYear(csv, 1) }, calendar, deciding)
  },
  save: insertImportedYear,
  follow: (tx, _imported, context) => recomputeDeadlines(tx, context),
}

/** A year of the official CSV has about ten thousand bytes. */
const CALENDAR_BYTES = 100_000

/** The bytes of an upload. Throws RefusedError when it is no file or far too large. */
export async function readCalendarUpload(body: unknown): Promise<{ readonly csv: Buffer }> {
  if (!(body instanceof Readable)) throw new RefusedError([refuse("INVALID_INPUT", { field: "body" })])
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size > CALENDAR_BYTES) throw new RefusedError([refuse("BODY_TOO_LARGE")])
  }
  return { csv: Buffer.concat(chunks) }
}
