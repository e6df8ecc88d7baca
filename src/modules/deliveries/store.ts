import type { DeliveryId, ProjectId } from "../../kernel/ids.ts"
import type { Instant } from "../../kernel/time.ts"
import type { Tx } from "../../platform/db/tx.ts"
import type { Delivery, Project } from "./model.ts"

const PROJECT_COLUMNS = [
  "id",
  "number",
  "unit",
  "linkage",
  "name",
  "purpose",
  "legal_document as legalDocument",
  "custodian",
  "custodian_deputy as custodianDeputy",
  "custodian_since as custodianSince",
  "version",
  "created_at as createdAt",
] as const

/** Locked for a change. */
export async function loadProject(tx: Tx, id: ProjectId): Promise<Project | null> {
  const row = await projectRows(tx).where("id", "=", id).forUpdate().executeTakeFirst()
  return (row as Project | undefined) ?? null
}

/** For reading only. */
export async function findProjectRow(tx: Tx, id: ProjectId): Promise<Project | null> {
  return ((await projectRows(tx).where("id", "=", id).executeTakeFirst()) as Project | undefined) ?? null
}

/** Throws when there is none, which a foreign key rules out. */
export async function readProjectRow(tx: Tx, id: ProjectId): Promise<Project> {
  const project = await findProjectRow(tx, id)
  if (project === null) throw new Error("a delivery's project exists")
  return project
}

function projectRows(tx: Tx) {
  return tx.selectFrom("data_project").select(PROJECT_COLUMNS)
}

export async function saveProject(tx: Tx, project: Project): Promise<void> {
  const { id, legalDocument, custodianDeputy, custodianSince, createdAt, ...same } = project
  const columns = {
    ...same,
    legal_document: legalDocument,
    custodian_deputy: custodianDeputy,
    custodian_since: custodianSince,
    created_at: createdAt,
  }
  await tx
    .insertInto("data_project")
    .values({ id, ...columns })
    .onConflict((oc) => oc.column("id").doUpdateSet(columns))
    .execute()
}

/** Locked for a change. */
export async function loadDelivery(tx: Tx, id: DeliveryId): Promise<Delivery | null> {
  const row = await deliveryRows(tx).where("id", "=", id).forUpdate().executeTakeFirst()
  return row === undefined ? null : toDelivery(row)
}

/** For reading only. */
export async function findDeliveryRow(tx: Tx, id: DeliveryId): Promise<Delivery | null> {
  const row = await deliveryRows(tx).where("id", "=", id).executeTakeFirst()
  return row === undefined ? null : toDelivery(row)
}

/** For reading only; those that there are, in no order. */
export async function readDeliveryRows(tx: Tx, ids: readonly DeliveryId[]): Promise<Delivery[]> {
  if (ids.length === 0) return []
  return (
    await deliveryRows(tx)
      .where("id", "in", [...ids])
      .execute()
  ).map(toDelivery)
}

/** Throws when there is none, which a foreign key or an earlier check rules out. */
export async function readDeliveryRow(tx: Tx, id: DeliveryId): Promise<Delivery> {
  const delivery = await findDeliveryRow(tx, id)
  if (delivery === null) throw new Error("a delivery that was just found exists")
  return delivery
}

/** All there are, for a look at each. */
export async function listDeliveries(tx: Tx): Promise<readonly Delivery[]> {
  return (await deliveryRows(tx).orderBy("created_at").execute()).map(toDelivery)
}

function deliveryRows(tx: Tx) {
  const columns = [
    "detail",
    "id",
    "number",
    "project",
    "unit",
    "handler",
    "state",
    "version",
    "created_at as createdAt",
  ] as const
  return tx.selectFrom("delivery").select(columns)
}

function toDelivery({ detail, ...columns }: { readonly detail: unknown }): Delivery {
  return { ...(detail as object), ...columns } as Delivery
}

export async function saveDelivery(tx: Tx, delivery: Delivery, now: Instant): Promise<void> {
  const { id, number, project, unit, handler, state, version, createdAt, ...detail } = delivery
  const changing = { handler, state, version, detail: JSON.stringify(detail), updated_at: now }
  await tx
    .insertInto("delivery")
    .values({ id, number, project, unit, created_at: createdAt, ...changing })
    .onConflict((oc) => oc.column("id").doUpdateSet(changing))
    .execute()
}

/** The next number of a kind in a ROC year, such as `D115-0001`; the row lock keeps numbers without gaps. */
export async function takeNumber(tx: Tx, kind: "D" | "P", rocYear: number): Promise<string> {
  const { last_number: serial } = await tx
    .insertInto("delivery_sequence")
    .values({ kind, roc_year: rocYear, last_number: 1 })
    .onConflict((oc) =>
      oc
        .columns(["kind", "roc_year"])
        .doUpdateSet((eb) => ({ last_number: eb("delivery_sequence.last_number", "+", 1) })),
    )
    .returning("last_number")
    .executeTakeFirstOrThrow()
  return `${kind}${rocYear}-${String(serial).padStart(4, "0")}`
}
