import type { PersonActor } from "../../../kernel/actor.ts"
import type { FileId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import { browseEntries } from "../../../ledger/index.ts"
import { readTx, type Db, type Tx } from "../../../platform/db/tx.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { refuse } from "../../../regulation/rule.ts"
import { readScan, type Scan } from "../../notices/index.ts"
import { loadAgreement } from "../agreement-store.ts"
import type { AgreementView } from "../contract.ts"
import {
  owesStatement,
  servingStaff,
  stateOf,
  type Agreement,
  type AgreementId,
  type Deed,
} from "../model.ts"
import { allowedFor } from "../rules/permissions.ts"
import { desksIn, seatsOf, seesUnit, type Seats } from "../seats.ts"
import { loadContract, loadVendor } from "../store.ts"

const TIMELINE_LIMIT = 200

/** Throws NOT_FOUND when there is none, or its unit's vendors are not this person's to see. */
async function requireSeen(
  tx: Tx,
  actor: PersonActor,
  id: string,
  now: Instant,
): Promise<{ readonly agreement: Agreement; readonly seats: Seats }> {
  const agreement = await loadAgreement(tx, id as AgreementId)
  const seats = await seatsOf(tx, actor, now)
  if (agreement === null || !seesUnit(seats, agreement.unit)) throw new RefusedError([refuse("NOT_FOUND")])
  return { agreement, seats }
}

/** The scan of a document of this agreement. @throws RefusedError */
export async function readPaper(
  db: Db,
  actor: PersonActor,
  { id, scan }: { readonly id: string; readonly scan: string },
  now: Instant,
): Promise<Scan> {
  return readTx(db, async (tx) => {
    const { agreement } = await requireSeen(tx, actor, id, now)
    const papers = [
      agreement.paper,
      ...agreement.extensions.map(({ paper }) => paper),
      ...agreement.staff.map(({ pledge }) => pledge),
      ...(agreement.statement === null ? [] : [agreement.statement.paper]),
    ]
    const kept = papers.some((paper) => paper.scan === scan) ? await readScan(tx, scan as FileId) : null
    if (kept === null) throw new RefusedError([refuse("NOT_FOUND")])
    return kept
  })
}

export async function readAgreementView(
  db: Db,
  actor: PersonActor,
  id: string,
  now: Instant,
): Promise<AgreementView> {
  return readTx(db, async (tx) => {
    const { agreement, seats } = await requireSeen(tx, actor, id, now)
    const vendor = await loadVendor(tx, agreement.vendor)
    const contract = await loadContract(tx, agreement.contract)
    if (vendor === null || contract === null) throw new Error("an agreement's vendor and contract exist")
    const entries = await browseEntries(tx, { aboutType: "vendor-agreement", aboutId: id }, 1, TIMELINE_LIMIT)
    const names = await namesOf(
      tx,
      entries.items.map(({ actor: by }) => by),
      agreement,
    )
    const { number, subject, to } = contract
    return {
      ...documentsOf(agreement, names),
      state: stateOf(agreement, now),
      vendor: { id: vendor.id, name: vendor.name, taxId: vendor.taxId },
      contract: { id: contract.id, number, subject, to },
      unitName: await unitName(tx, agreement.unit),
      nextCheck: await nextCheckOf(tx, agreement.id),
      owesStatement: owesStatement(agreement, now),
      candidates: await candidatesOf(tx, agreement),
      allowed: allowedFor(agreement, desksIn(seats, agreement.unit), now),
      timeline: entries.items.map(({ index, time, kind, actor: by }) => ({
        ...{ index, time, kind },
        actor: names.get(by)?.name ?? "系統",
      })),
    }
  })
}

type Names = ReadonlyMap<string, { readonly name: string; readonly title: string }>

async function namesOf(tx: Tx, actors: readonly string[], agreement: Agreement): Promise<Names> {
  const { recorded, confirmed, rejection, ending, extensions, staff, checks, statement } = agreement
  const deeds: readonly (Deed | null)[] = [
    ...[recorded, confirmed, rejection, ending, statement?.recorded ?? null],
    ...extensions.flatMap((one) => [one.recorded, one.confirmed, one.rejection]),
    ...staff.flatMap((one) => [one.added, one.removal]),
    ...checks.map((one) => one.recorded),
  ]
  const people = [
    ...deeds.flatMap((deed) => (deed === null ? [] : [deed.by as string])),
    ...staff.map(({ person }) => person as string),
    ...actors.filter((actor) => !actor.includes(":")),
  ]
  const rows = await tx
    .selectFrom("people_v_actor")
    .select(["person", "name", "title"])
    .where("person", "in", [...new Set(people)])
    .execute()
  return new Map(rows.map((row) => [row.person ?? "", { name: row.name ?? "", title: row.title ?? "" }]))
}

/** What was signed, recorded and decided, with names in place of ids. */
function documentsOf(agreement: Agreement, names: Names) {
  const nameOf = (person: string) => names.get(person)?.name ?? ""
  const deed = <D extends Deed>({ by, ...rest }: D) => ({ ...rest, name: nameOf(by) })
  const deedOrNull = <D extends Deed>(of: D | null) => (of === null ? null : deed(of))
  const { id, roles, since, until, paper, recorded, statement } = agreement
  return {
    ...{ id, roles: [...roles], since, until, paper, recorded: deed(recorded) },
    confirmed: deedOrNull(agreement.confirmed),
    rejection: deedOrNull(agreement.rejection),
    ending: deedOrNull(agreement.ending),
    extensions: agreement.extensions.map((one) => ({
      ...{ until: one.until, paper: one.paper, recorded: deed(one.recorded) },
      ...{ confirmed: deedOrNull(one.confirmed), rejection: deedOrNull(one.rejection) },
    })),
    staff: agreement.staff.map((one) => ({
      ...{ person: one.person, pledge: one.pledge, added: deed(one.added), removal: deedOrNull(one.removal) },
      ...{ name: nameOf(one.person), title: names.get(one.person)?.title ?? "" },
    })),
    checks: agreement.checks.map((one) => ({ ...one, recorded: deed(one.recorded) })),
    statement: statement === null ? null : { ...statement, recorded: deed(statement.recorded) },
  }
}

export async function unitName(tx: Tx, unit: string): Promise<string> {
  const row = await tx.selectFrom("people_v_unit").select("name").where("id", "=", unit).executeTakeFirst()
  return row?.name ?? ""
}

async function nextCheckOf(tx: Tx, agreement: AgreementId): Promise<AgreementView["nextCheck"]> {
  const row = await tx
    .selectFrom("deadlines_v_deadline")
    .select(["id", "due"])
    .where("about_type", "=", "vendor-agreement")
    .where("about_id", "=", agreement)
    .where("state", "=", "open")
    .executeTakeFirst()
  return row === undefined ? null : { deadline: row.id ?? "", due: row.due ?? "" }
}

async function candidatesOf(tx: Tx, agreement: Agreement): Promise<AgreementView["candidates"]> {
  const rows = await tx
    .selectFrom("people_v_actor")
    .select(["person", "name", "title"])
    .where("vendor", "=", agreement.vendor)
    .orderBy("name")
    .execute()
  const serving = servingStaff(agreement).map(({ person }) => person as string)
  return rows
    .map((row) => ({ id: row.person ?? "", name: row.name ?? "", title: row.title ?? "" }))
    .filter(({ id }) => !serving.includes(id))
}
