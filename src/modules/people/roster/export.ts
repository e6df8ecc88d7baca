import { fileURLToPath } from "node:url"
import type { PersonActor } from "../../../kernel/actor.ts"
import { accepted, decideUnless, gather } from "../../../kernel/decision.ts"
import { rocDate } from "../../../kernel/roc-date.ts"
import type { Instant } from "../../../kernel/time.ts"
import { readTx } from "../../../platform/db/tx.ts"
import { printOrigin } from "../../../platform/documents/origin.ts"
import { toCsv, toOds, type Table } from "../../../platform/documents/spreadsheet.ts"
import { renderPdf } from "../../../platform/documents/typst.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import { runCommand, type Command, type Runtime } from "../../../runtime/index.ts"
import type { RosterRow } from "../contract.ts"
import { readUnits } from "../reads/lists.ts"
import { unitsSeenBy } from "../reads/visibility.ts"
import { readWholeRoster, type RosterFilter } from "./as-of.ts"
import { originOf } from "./origin.ts"
import { authoritiesOf, belongingOf, rolesOf, rosterTable, unitsTable } from "./tables.ts"

const TYPES = {
  pdf: "application/pdf",
  ods: "application/vnd.oasis.opendocument.spreadsheet",
  csv: "text/csv; charset=utf-8",
} as const
type Form = keyof typeof TYPES

interface Exported {
  readonly bytes: Buffer
  readonly type: string
  readonly name: string
}

/** Who may see nobody's roster gets none. */
export const rosterReadersOnly = rule("internal", (seen: RosterFilter["seen"]) =>
  seen === "all" || seen.size > 0 ? null : refuse("NOT_PERMITTED"),
)

interface Export extends RosterFilter {
  readonly lists: "people" | "units"
  readonly as: Form
  readonly rows: number
}

/** Changes nothing but the ledger: recorded before the file leaves. */
const recordExport: Command<Export, object, null> = {
  name: "export-roster",
  load: () => Promise.resolve({}),
  decide: (_, { lists, on, unit, search, seen, as, rows }) =>
    decideUnless(gather(rosterReadersOnly(seen)), () =>
      accepted(null, {
        kind: "roster-exported",
        duties: ["2-1"],
        about: { type: "roster", id: on },
        ...(unit === undefined ? {} : { refs: { unit } }),
        retention: "account",
        payload: { lists, as, rows, ...(search === undefined ? {} : { search }) },
      }),
    ),
  save: () => Promise.resolve(),
}

/** The roster that the filter shows, whole. Throws RefusedError. */
export async function exportRoster(
  runtime: Runtime,
  actor: PersonActor,
  { as, ...asked }: Omit<RosterFilter, "seen"> & { readonly as: Form },
  now: Instant,
): Promise<Exported> {
  const filter = { ...asked, seen: await unitsSeenBy(runtime.db, actor) }
  const isTheirs = rosterReadersOnly(filter.seen) === null
  const rows = isTheirs ? await readTx(runtime.db, (tx) => readWholeRoster(tx, filter, now)) : []
  await runCommand(runtime, recordExport, { ...filter, lists: "people", as, rows: rows.length }, actor)
  const table = rosterTable(filter.on, rows)
  const bytes =
    as === "pdf" ? await rosterPdf(runtime, actor, { ...filter, rows }, now) : await sheet(table, as, now)
  return { bytes, type: TYPES[as], name: `使用者清冊${filter.on}.${as}` }
}

/** The units that stand now, to be changed and imported again. Throws RefusedError. */
export async function exportUnits(
  runtime: Runtime,
  actor: PersonActor,
  { on, as }: { readonly on: RosterFilter["on"]; readonly as: "ods" | "csv" },
  now: Instant,
): Promise<Exported> {
  const seen = await unitsSeenBy(runtime.db, actor)
  const units = await readUnits(runtime.db, now)
  await runCommand(runtime, recordExport, { on, seen, lists: "units", as, rows: units.length }, actor)
  return { bytes: await sheet(unitsTable(units), as, now), type: TYPES[as], name: `機關單位${on}.${as}` }
}

async function sheet(table: Table, as: "ods" | "csv", now: Instant): Promise<Buffer> {
  return Buffer.from(as === "ods" ? await toOds(table, now) : toCsv(table))
}

async function rosterPdf(
  runtime: Runtime,
  actor: PersonActor,
  { on, unit, rows }: RosterFilter & { readonly rows: readonly RosterRow[] },
  now: Instant,
): Promise<Buffer> {
  const path = `/people/roster?on=${on}${unit === undefined ? "" : `&unit=${unit}`}`
  const origin = await readTx(runtime.db, (tx) => originOf(tx, runtime, actor, { path, now }))
  const template = fileURLToPath(new URL("roster.typ", import.meta.url))
  const pdf = await renderPdf(template, {
    ...(await printOrigin(origin)),
    on: rocDate(on),
    rows: rows.map((row) => ({
      unit: row.unitName,
      name: row.name,
      title: row.title,
      roles: rolesOf(row),
      staffNumber: row.staffNumber ?? "",
      authorities: authoritiesOf(row),
      belonging: belongingOf(row),
    })),
  })
  return Buffer.from(pdf)
}
