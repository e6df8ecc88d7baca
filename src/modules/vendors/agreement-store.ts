import type { Selectable } from "kysely"
import type { FileId, PersonId, UnitId, VendorId } from "../../kernel/ids.ts"
import type { Instant } from "../../kernel/time.ts"
import type { Database } from "../../platform/db/schema.ts"
import type { Tx } from "../../platform/db/tx.ts"
import type {
  Agreement,
  AgreementId,
  Check,
  ContractId,
  Extension,
  Staff,
  Statement,
  VendorRole,
} from "./model.ts"

export async function loadAgreement(tx: Tx, id: AgreementId): Promise<Agreement | null> {
  return (await loadAgreements(tx, [id]))[0] ?? null
}

/** In the order they were recorded. */
export async function loadAgreements(tx: Tx, ids: readonly string[]): Promise<readonly Agreement[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom("vendor_agreement")
    .selectAll()
    .where("id", "in", ids)
    .orderBy("recorded_at")
    .orderBy("id")
    .execute()
  const staff = await tx
    .selectFrom("vendor_staff")
    .selectAll()
    .where("agreement", "in", ids)
    .orderBy("added_at")
    .orderBy("person")
    .execute()
  const checks = await tx
    .selectFrom("vendor_check")
    .selectAll()
    .where("agreement", "in", ids)
    .orderBy("recorded_at")
    .orderBy("id")
    .execute()
  return rows.map((row) =>
    toAgreement(
      row,
      staff.filter(({ agreement }) => agreement === row.id).map(toStaff),
      checks.filter(({ agreement }) => agreement === row.id).map(toCheck),
    ),
  )
}

/** Agreements confirmed under a contract, locked: what stands under another's end does not slip through. */
export async function lockConfirmedUnder(tx: Tx, contract: ContractId): Promise<readonly Agreement[]> {
  const rows = await tx
    .selectFrom("vendor_agreement")
    .select("id")
    .where("contract", "=", contract)
    .where("confirmed_at", "is not", null)
    .forUpdate()
    .execute()
  return loadAgreements(
    tx,
    rows.map(({ id }) => id),
  )
}

export async function saveAgreement(tx: Tx, agreement: Agreement): Promise<void> {
  const { id, contract, vendor, unit, roles, since, paper, recorded, confirmed, staff, checks } = agreement
  const changing = {
    until: agreement.until,
    confirmed_by: confirmed?.by ?? null,
    confirmed_at: confirmed?.at ?? null,
    rejection: jsonOf(agreement.rejection),
    extensions: JSON.stringify(agreement.extensions),
    ending: jsonOf(agreement.ending),
    statement: jsonOf(agreement.statement),
    version: agreement.version,
  }
  await tx
    .insertInto("vendor_agreement")
    .values({
      ...{ id, contract, vendor, unit, roles: [...roles], since },
      ...{ document_number: paper.number, signed_on: paper.signedOn, scan: paper.scan, sha256: paper.sha256 },
      ...{ recorded_by: recorded.by, recorded_at: recorded.at },
      ...changing,
    })
    .onConflict((oc) => oc.column("id").doUpdateSet(changing))
    .execute()
  await saveStaff(tx, id, staff)
  await insertChecks(tx, id, checks)
  await savePapers(tx, agreement)
}

async function saveStaff(tx: Tx, agreement: AgreementId, staff: readonly Staff[]): Promise<void> {
  for (const { person, pledge, added, removal } of staff)
    await tx
      .insertInto("vendor_staff")
      .values({
        ...{ agreement, person, added_by: added.by, added_at: added.at },
        ...{ pledge_number: pledge.number, pledged_on: pledge.signedOn },
        ...{ scan: pledge.scan, sha256: pledge.sha256, removal: jsonOf(removal) },
      })
      .onConflict((oc) =>
        oc.columns(["agreement", "person", "added_at"]).doUpdateSet({ removal: jsonOf(removal) }),
      )
      .execute()
}

async function insertChecks(tx: Tx, agreement: AgreementId, checks: readonly Check[]): Promise<void> {
  for (const { id, checkedOn, result, remarks, recorded } of checks)
    await tx
      .insertInto("vendor_check")
      .values({
        ...{ id, agreement, checked_on: checkedOn, result, remarks },
        ...{ recorded_by: recorded.by, recorded_at: recorded.at },
      })
      .onConflict((oc) => oc.column("id").doNothing())
      .execute()
}

/** What a rejected document proved is free again; the unique index on the content lets no scan prove two things. */
async function savePapers(tx: Tx, agreement: Agreement): Promise<void> {
  const papers = papersOf(agreement)
  const freed = tx.deleteFrom("vendor_paper").where("agreement", "=", agreement.id)
  const scans = papers.map(({ paper }) => paper.scan)
  await (scans.length === 0 ? freed : freed.where("scan", "not in", scans)).execute()
  for (const { kind, paper } of papers)
    await tx
      .insertInto("vendor_paper")
      .values({ scan: paper.scan, sha256: paper.sha256, agreement: agreement.id, kind })
      .onConflict((oc) => oc.column("scan").doNothing())
      .execute()
}

function papersOf({ paper, rejection, extensions, statement, staff }: Agreement) {
  if (rejection !== null) return []
  return [
    { kind: "agreement", paper },
    ...extensions.filter((one) => one.rejection === null).map((one) => ({ kind: "extension", ...one })),
    ...(statement === null ? [] : [{ kind: "statement", paper: statement.paper }]),
    ...staff.map(({ pledge }) => ({ kind: "pledge", paper: pledge })),
  ]
}

export async function isPaperUsed(tx: Tx, sha256: string): Promise<boolean> {
  const row = await tx
    .selectFrom("vendor_paper")
    .select("scan")
    .where("sha256", "=", sha256)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether another agreement of the unit that has neither ended nor been rejected has this person. */
export async function servesElsewhere(
  tx: Tx,
  person: PersonId,
  { id, unit }: Pick<Agreement, "id" | "unit">,
  now: Instant,
): Promise<boolean> {
  const row = await tx
    .selectFrom("vendor_staff as s")
    .innerJoin("vendor_agreement as a", "a.id", "s.agreement")
    .select("a.id")
    .where("s.person", "=", person)
    .where("s.removal", "is", null)
    .where("a.unit", "=", unit)
    .where("a.id", "<>", id)
    .where("a.until", ">", now)
    .where("a.rejection", "is", null)
    .executeTakeFirst()
  return row !== undefined
}

function jsonOf(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value)
}

function toAgreement(
  row: Selectable<Database["vendor_agreement"]>,
  staff: readonly Staff[],
  checks: readonly Check[],
): Agreement {
  const { confirmed_by: by, confirmed_at: at } = row
  return {
    id: row.id as AgreementId,
    contract: row.contract as ContractId,
    vendor: row.vendor as VendorId,
    unit: row.unit as UnitId,
    roles: row.roles as VendorRole[],
    ...{ since: row.since, until: row.until, staff, checks, version: row.version },
    paper: {
      ...{ number: row.document_number, signedOn: row.signed_on, sha256: row.sha256 },
      scan: row.scan as FileId,
    },
    recorded: { by: row.recorded_by as PersonId, at: row.recorded_at },
    confirmed: by === null || at === null ? null : { by: by as PersonId, at },
    rejection: row.rejection as Agreement["rejection"],
    extensions: row.extensions as readonly Extension[],
    ending: row.ending as Agreement["ending"],
    statement: row.statement as Statement | null,
  }
}

function toStaff(row: Selectable<Database["vendor_staff"]>): Staff {
  return {
    person: row.person as PersonId,
    pledge: {
      ...{ number: row.pledge_number, signedOn: row.pledged_on, sha256: row.sha256 },
      scan: row.scan as FileId,
    },
    added: { by: row.added_by as PersonId, at: row.added_at },
    removal: row.removal as Staff["removal"],
  }
}

function toCheck(row: Selectable<Database["vendor_check"]>): Check {
  const { id, checked_on: checkedOn, result, remarks } = row
  const recorded = { by: row.recorded_by as PersonId, at: row.recorded_at }
  return { id, checkedOn, result: result as Check["result"], remarks, recorded }
}
