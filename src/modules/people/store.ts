import type { Role } from "../../kernel/actor.ts"
import type { DeputyId, PersonId, UnitId, VendorId } from "../../kernel/ids.ts"
import type { Instant } from "../../kernel/time.ts"
import type { Tx } from "../../platform/db/tx.ts"
import type { Deputy, HeldPost, Person, Unit, UnitKind } from "./model.ts"

const UNIT_COLUMNS = [
  "id",
  "code",
  "name",
  "kind",
  "parent",
  "since",
  "until",
  "version",
  "created_at",
] as const

export async function loadUnit(tx: Tx, id: UnitId): Promise<Unit | null> {
  const row = await tx.selectFrom("unit").select(UNIT_COLUMNS).where("id", "=", id).executeTakeFirst()
  return row === undefined ? null : toUnit(row)
}

/** Nobody ends these units, nor moves them, before the transaction is over. */
export async function loadUnits(tx: Tx, ids: readonly UnitId[]): Promise<ReadonlyMap<UnitId, Unit>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom("unit")
    .select(UNIT_COLUMNS)
    .where("id", "in", ids)
    .orderBy("id")
    .forKeyShare()
    .execute()
  return new Map(rows.map((row) => [row.id as UnitId, toUnit(row)]))
}

/** Locks the tree and gives `unit` with every unit above it; none for `null`. */
export async function lockUnits(tx: Tx, unit: UnitId | null): Promise<readonly UnitId[]> {
  await tx.selectFrom("unit").select("id").orderBy("id").forUpdate().execute()
  if (unit === null) return []
  const rows = await tx.selectFrom("people_v_unit_above").select("above").where("unit", "=", unit).execute()
  return rows.map((row) => row.above as UnitId)
}

/** Posts held in the unit at `now` or later. */
export async function openPostsIn(tx: Tx, unit: UnitId, now: Instant) {
  return tx
    .selectFrom("post")
    .select("until")
    .where("unit", "=", unit)
    .where((eb) => eb.or([eb("until", "is", null), eb("until", ">", now)]))
    .execute()
}

export async function unitsRightBelow(tx: Tx, unit: UnitId) {
  return tx.selectFrom("unit").select("until").where("parent", "=", unit).execute()
}

export async function isUnitCodeTaken(tx: Tx, code: string, except?: UnitId): Promise<boolean> {
  const row = await tx.selectFrom("unit").select("id").where("code", "=", code).executeTakeFirst()
  return row !== undefined && row.id !== except
}

export async function insertUnit(tx: Tx, unit: Unit): Promise<void> {
  const { createdAt, ...columns } = unit
  await tx
    .insertInto("unit")
    .values({ ...columns, created_at: createdAt })
    .execute()
  await insertUnitVersion(tx, unit, unit.since)
}

export async function updateUnit(tx: Tx, unit: Unit, now: Instant): Promise<void> {
  const { id, code, name, parent, version } = unit
  await tx.updateTable("unit").set({ code, name, parent, version }).where("id", "=", id).execute()
  await insertUnitVersion(tx, unit, now)
}

async function insertUnitVersion(tx: Tx, unit: Unit, since: Instant): Promise<void> {
  const { id, version, code, name, parent } = unit
  await tx.insertInto("unit_version").values({ unit: id, version, code, name, parent, since }).execute()
}

export async function saveUnitEnd(tx: Tx, { id, until, version }: Unit): Promise<void> {
  await tx.updateTable("unit").set({ until, version }).where("id", "=", id).execute()
}

/** What a unit was called and where it belonged, the first first. */
export async function loadUnitVersions(tx: Tx, unit: UnitId) {
  return tx
    .selectFrom("unit_version")
    .select(["version", "code", "name", "parent", "since"])
    .where("unit", "=", unit)
    .orderBy("version")
    .execute()
}

export async function loadPerson(tx: Tx, id: PersonId): Promise<Person | null> {
  const row = await tx.selectFrom("person").selectAll().where("id", "=", id).executeTakeFirst()
  if (row === undefined) return null
  const { created_at: createdAt, staff_number: staffNumber, vendor, ...columns } = row
  return {
    ...{ ...columns, id, createdAt, staffNumber },
    vendor: vendor as VendorId | null,
    posts: await loadPosts(tx, id),
  }
}

export async function isEmailTaken(tx: Tx, email: string, except?: PersonId): Promise<boolean> {
  const row = await tx
    .selectFrom("person")
    .select("id")
    .where((eb) => eb.fn<string>("lower", ["email"]), "=", email.toLowerCase())
    .executeTakeFirst()
  return row !== undefined && row.id !== except
}

export async function isStaffNumberTaken(tx: Tx, staffNumber: string, except?: PersonId): Promise<boolean> {
  const row = await tx
    .selectFrom("person")
    .select("id")
    .where((eb) => eb.fn<string>("lower", ["staff_number"]), "=", staffNumber.toLowerCase())
    .executeTakeFirst()
  return row !== undefined && row.id !== except
}

/** Like `loadPerson`, with the row locked. */
export async function lockPerson(tx: Tx, id: PersonId): Promise<Person | null> {
  await tx.selectFrom("person").select("id").where("id", "=", id).forUpdate().execute()
  return loadPerson(tx, id)
}

export async function insertPerson(tx: Tx, person: Person): Promise<void> {
  await tx.insertInto("person").values(toPersonRow(person)).execute()
  await insertPersonVersion(tx, person, person.createdAt)
  await savePosts(tx, person)
}

export async function updatePerson(tx: Tx, person: Person): Promise<void> {
  await tx.updateTable("person").set(toPersonRow(person)).where("id", "=", person.id).execute()
  await savePosts(tx, person)
}

export async function saveWords(tx: Tx, person: Person, now: Instant): Promise<void> {
  await tx.updateTable("person").set(toPersonRow(person)).where("id", "=", person.id).execute()
  await insertPersonVersion(tx, person, now)
}

async function insertPersonVersion(tx: Tx, person: Person, since: Instant): Promise<void> {
  const { id, version, name, title, email, staffNumber } = person
  await tx
    .insertInto("person_version")
    .values({ person: id, version, name, title, email, staff_number: staffNumber, since })
    .execute()
}

/** What a person was called before and is now, the first first. */
export async function loadPersonVersions(tx: Tx, person: PersonId) {
  return tx
    .selectFrom("person_version")
    .select(["version", "name", "title", "email", "staff_number as staffNumber", "since"])
    .where("person", "=", person)
    .orderBy("version")
    .execute()
}

function toPersonRow({ posts: _, createdAt, staffNumber, ...columns }: Person) {
  return { ...columns, staff_number: staffNumber, created_at: createdAt }
}

/** Writes posts that begin and the ends of those that stand; none is ever taken out. */
async function savePosts(tx: Tx, { id, posts }: Person): Promise<void> {
  if (posts.length === 0) return
  await tx
    .insertInto("post")
    .values(posts.map((post) => ({ ...post, person: id })))
    .onConflict((oc) =>
      oc
        .columns(["person", "unit", "role", "since"])
        .doUpdateSet({ until: (eb) => eb.ref("excluded.until") }),
    )
    .execute()
}

/** Whether somebody else is to be an administrator without end. The posts of the others are locked. */
export async function isAnotherAdministrator(tx: Tx, than: PersonId): Promise<boolean> {
  const rows = await tx
    .selectFrom("post")
    .select("person")
    .where("role", "=", "administrator")
    .where("until", "is", null)
    .where("person", "<>", than)
    .forUpdate()
    .execute()
  return rows.length > 0
}

async function loadPosts(tx: Tx, person: PersonId): Promise<HeldPost[]> {
  const rows = await tx
    .selectFrom("post")
    .select(["unit", "role", "since", "until"])
    .where("person", "=", person)
    .orderBy("since")
    .orderBy("unit")
    .orderBy("role")
    .execute()
  return rows.map((row) => ({ ...row, unit: row.unit as UnitId, role: row.role as Role }))
}

function toUnit(row: {
  id: string
  code: string
  name: string
  kind: string
  parent: string | null
  version: number
  created_at: string
}): Unit {
  const { created_at: createdAt, ...columns } = row
  return { ...columns, kind: row.kind as UnitKind, createdAt } as Unit
}

const DEPUTY_COLUMNS = ["id", "unit", "person", "deputy", "roles", "since", "until", "version"] as const

export async function loadDeputy(tx: Tx, id: DeputyId): Promise<Deputy | null> {
  const row = await tx.selectFrom("deputy").select(DEPUTY_COLUMNS).where("id", "=", id).executeTakeFirst()
  return (row as Deputy | undefined) ?? null
}

/** Like `loadDeputy`, with the row locked. */
export async function lockDeputy(tx: Tx, id: DeputyId): Promise<Deputy | null> {
  await tx.selectFrom("deputy").select("id").where("id", "=", id).forUpdate().execute()
  return loadDeputy(tx, id)
}

/** Those of this person in this unit that have not ended by `now`; the person is locked, so that none comes between. */
export async function lockDeputiesOf(
  tx: Tx,
  person: PersonId,
  unit: UnitId,
  now: Instant,
): Promise<readonly Deputy[]> {
  await tx.selectFrom("person").select("id").where("id", "=", person).forUpdate().execute()
  const rows = await tx
    .selectFrom("deputy")
    .select(DEPUTY_COLUMNS)
    .where("person", "=", person)
    .where("unit", "=", unit)
    .where((eb) => eb.or([eb("until", "is", null), eb("until", ">", now)]))
    .execute()
  return rows as Deputy[]
}

/** Those in which this person stands on either side and that have not ended by `now`, locked. */
export async function lockDeputiesAround(tx: Tx, person: PersonId, now: Instant): Promise<readonly Deputy[]> {
  const rows = await tx
    .selectFrom("deputy")
    .select(DEPUTY_COLUMNS)
    .where((eb) => eb.or([eb("person", "=", person), eb("deputy", "=", person)]))
    .where((eb) => eb.or([eb("until", "is", null), eb("until", ">", now)]))
    .orderBy("id")
    .forUpdate()
    .execute()
  return rows as Deputy[]
}

/** Writes a new one, or the end of one that stands. */
export async function saveDeputy(tx: Tx, deputy: Deputy): Promise<void> {
  await tx
    .insertInto("deputy")
    .values({ ...deputy, roles: deputy.roles && [...deputy.roles] })
    .onConflict((oc) => oc.column("id").doUpdateSet({ until: deputy.until, version: deputy.version }))
    .execute()
}
