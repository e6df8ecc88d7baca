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

export async function loadProject(tx: Tx, id: ProjectId): Promise<Project | null> {
  const row = await tx.selectFrom("data_project").select(PROJECT_COLUMNS).where("id", "=", id).forUpdate().executeTakeFirst()
  return (row as Project | undefined) ?? null
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

export async function loadDelivery(tx: Tx, id: DeliveryId): Promise<Delivery | null> {
  const row = await tx
    .selectFrom("delivery")
    .select(["detail", "id", "number", "project", "unit", "handler", "state", "version", "created_at as createdAt"])
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return null
  const { detail, ...columns } = row
  return { ...(detail as object), ...columns } as Delivery
}

export async function saveDelivery(tx: Tx, delivery: Delivery, now: Instant): Promise<void> {
  const { id, number, project, unit, handler, state, version, createdAt, ...detail } = delivery
  const changing = { state, version, detail: JSON.stringify(detail), updated_at: now }
  await tx
    .insertInto("delivery")
    .values({ id, number, project, unit, handler, created_at: createdAt, ...changing })
    .onConflict((oc) => oc.column("id").doUpdateSet(changing))
    .execute()
}

/** The next delivery number of a ROC year, `D115-0001`; the row lock keeps numbers without gaps. */
export async function takeDeliveryNumber(tx: Tx, rocYear: number): Promise<string> {
  const { last_number: serial } = await tx
    .insertInto("delivery_sequence")
    .values({ roc_year: rocYear, last_number: 1 })
    .onConflict((oc) => oc.column("roc_year").doUpdateSet((eb) => ({ last_number: eb("delivery_sequence.last_number", "+", 1) })))
    .returning("last_number")
    .executeTakeFirstOrThrow()
  return `D${rocYear}-${String(serial).padStart(4, "0")}`
}
