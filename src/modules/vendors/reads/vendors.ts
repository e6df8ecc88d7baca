import type { PersonActor } from "../../../kernel/actor.ts"
import type { UnitId } from "../../../kernel/ids.ts"
import { plusMs, taipeiDate, type Instant } from "../../../kernel/time.ts"
import { readTx, type Db, type Tx } from "../../../platform/db/tx.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { refuse } from "../../../regulation/rule.ts"
import { loadAgreements } from "../agreement-store.ts"
import { rolesOf } from "../commands/agreements.ts"
import type { ContractView, VendorDetail, VendorView } from "../contract.ts"
import { owesStatement, servingStaff, stateOf, type Agreement } from "../model.ts"
import { unitsRecordVendors } from "../rules/contracts.ts"
import { mayDo } from "../rules/permissions.ts"
import { desksIn, seatsOf, seesUnit, type Seats } from "../seats.ts"

/** Who has a desk where vendors are of any concern; their own people have none. */
async function requireSeats(db: Db | Tx, actor: PersonActor, now: Instant): Promise<Seats> {
  const seats = await seatsOf(db, actor, now)
  if (seats.seesAll || seats.handles.length > 0 || seats.heads.length > 0) return seats
  throw new RefusedError([refuse("NOT_PERMITTED")])
}

export async function readVendors(
  db: Db,
  actor: PersonActor,
  { page, size }: { readonly page: number; readonly size: number },
  now: Instant,
) {
  return readTx(db, async (tx) => {
    const seats = await requireSeats(tx, actor, now)
    const { total } = await tx
      .selectFrom("vendor")
      .select((eb) => eb.fn.countAll<number>().as("total"))
      .executeTakeFirstOrThrow()
    const rows = await vendorRows(tx)
      .orderBy("vendor.name")
      .orderBy("vendor.id")
      .limit(size)
      .offset((page - 1) * size)
      .execute()
    const items: VendorView[] = []
    for (const row of rows) items.push(await viewOf(tx, row, seats, now))
    return { items, total, page, size, mayRegister: unitsRecordVendors(actor, seats.isOutsider) === null }
  })
}

function vendorRows(tx: Tx) {
  return tx
    .selectFrom("vendor")
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom("people_v_actor as a")
        .whereRef("a.vendor", "=", "vendor.id")
        .select((p) => p.fn.countAll<number>().as("people"))
        .as("people"),
    )
}

type VendorRow = Awaited<ReturnType<ReturnType<typeof vendorRows>["execute"]>>[number]

async function viewOf(tx: Tx, row: VendorRow, seats: Seats, now: Instant): Promise<VendorView> {
  const agreements = await agreementsOf(tx, "vendor", row.id)
  const seen = agreements.filter(({ unit }) => seesUnit(seats, unit))
  return {
    ...{ id: row.id, taxId: row.tax_id, name: row.name, people: row.people ?? 0 },
    contact: { name: row.contact_name, email: row.contact_email, phone: row.contact_phone },
    inForce: seen.filter((agreement) => stateOf(agreement, now) === "in-force").length,
  }
}

async function agreementsOf(tx: Tx, by: "vendor" | "contract", id: string): Promise<readonly Agreement[]> {
  const rows = await tx.selectFrom("vendor_agreement").select("id").where(by, "=", id).execute()
  return loadAgreements(
    tx,
    rows.map((row) => row.id),
  )
}

export async function readVendorDetail(
  db: Db,
  actor: PersonActor,
  id: string,
  now: Instant,
): Promise<VendorDetail> {
  return readTx(db, async (tx) => {
    const seats = await requireSeats(tx, actor, now)
    const row = await vendorRows(tx).where("vendor.id", "=", id).executeTakeFirst()
    if (row === undefined) throw new RefusedError([refuse("NOT_FOUND")])
    const units = await tx.selectFrom("people_v_unit").select(["id", "name"]).orderBy("code").execute()
    const nameOf = new Map(units.map((unit) => [unit.id, unit.name ?? ""]))
    const contracts = await contractRows(tx)
    const seen = contracts.filter(({ unit }) => seesUnit(seats, unit as UnitId))
    const recordsIn = units.filter(
      (unit) => mayDo("record-contract", desksIn(seats, unit.id as UnitId)) === null,
    )
    return {
      ...(await viewOf(tx, row, seats, now)),
      persons: await personsOf(tx, id),
      contracts: await Promise.all(
        seen
          .filter(({ vendor }) => vendor === id)
          .map((contract) => contractView(tx, contract, { seats, now, contracts, nameOf })),
      ),
      mayAddPeople: seats.administers,
      units: recordsIn.map((unit) => ({ id: unit.id ?? "", name: unit.name ?? "" })),
      mains: seen
        .filter(({ vendor, unit }) => vendor !== id && recordsIn.some((one) => one.id === unit))
        .map((one) => ({ id: one.id, unit: one.unit, label: `${one.number} ${one.vendorName}` })),
    }
  })
}

function contractRows(tx: Tx) {
  return tx
    .selectFrom("vendor_contract as c")
    .innerJoin("vendor as v", "v.id", "c.vendor")
    .selectAll("c")
    .select("v.name as vendorName")
    .orderBy("c.from_on", "desc")
    .orderBy("c.id")
    .execute()
}

type ContractRow = Awaited<ReturnType<typeof contractRows>>[number]

interface Reading {
  readonly seats: Seats
  readonly now: Instant
  readonly contracts: readonly ContractRow[]
  readonly nameOf: ReadonlyMap<string | null, string>
}

async function contractView(tx: Tx, row: ContractRow, reading: Reading): Promise<ContractView> {
  const { seats, now, contracts, nameOf } = reading
  const desks = desksIn(seats, row.unit as UnitId)
  const main = contracts.find(({ id }) => id === row.main)
  const agreements = await agreementsOf(tx, "contract", row.id)
  return {
    ...{ id: row.id, unit: row.unit, unitName: nameOf.get(row.unit) ?? "" },
    ...{ number: row.number, subject: row.subject, from: row.from_on, to: row.to_on },
    main: main === undefined ? null : { number: main.number, vendorName: main.vendorName },
    agreements: agreements.map((agreement) => ({
      ...{ id: agreement.id, state: stateOf(agreement, now), documentNumber: agreement.paper.number },
      ...{ from: taipeiDate(agreement.since), to: lastDay(agreement.until) },
      people: servingStaff(agreement).length,
      owesStatement: owesStatement(agreement, now),
    })),
    roles: [...(await rolesOf(tx, row.unit))],
    mayProlong: mayDo("prolong-contract", desks) === null,
    mayRecordAgreement: mayDo("record-agreement", desks) === null,
  }
}

/** `until` is the first moment after it. */
function lastDay(until: Instant): string {
  return taipeiDate(plusMs(until, -1))
}

async function personsOf(tx: Tx, vendor: string) {
  const rows = await tx
    .selectFrom("people_v_actor")
    .select(["person", "name", "title", "email"])
    .where("vendor", "=", vendor)
    .orderBy("name")
    .execute()
  return rows.map((row) => ({
    ...{ id: row.person ?? "", name: row.name ?? "", title: row.title ?? "", email: row.email ?? "" },
  }))
}
