import type { Db, Tx } from "../../../platform/db/tx.ts"
import type { DeliverySummary, ProjectView } from "../views.ts"
import { visibleDeliveries, type Reader } from "../visibility.ts"

interface DeliveryFilter {
  readonly page: number
  readonly size: number
  readonly state?: string | undefined
  readonly search?: string | undefined
  readonly sort: "updated" | "number"
}

export async function readDeliveries(
  db: Db,
  reader: Reader,
  { page, size, state, search, sort }: DeliveryFilter,
) {
  let matching = visibleDeliveries(db, reader)
  if (state !== undefined) matching = matching.where("delivery.state", "=", state)
  if (search !== undefined && search !== "")
    matching = matching.where("delivery.number", "like", `${search.replaceAll(/[\\%_]/g, "\\$&")}%`)
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow()
  const rows = await matching
    .innerJoin("data_project as p", "p.id", "delivery.project")
    .innerJoin("linkages_v_linkage as l", "l.id", "p.linkage")
    .innerJoin("providers_v_provider as v", "v.id", "l.provider")
    .innerJoin("people_v_unit as u", "u.id", "delivery.unit")
    .innerJoin("people_v_actor as h", "h.person", "delivery.handler")
    .leftJoin("register_entry as e", (join) =>
      join.onRef("e.delivery", "=", "delivery.id").on("e.voided_at", "is", null),
    )
    .select([
      "delivery.id",
      "delivery.number",
      "delivery.state",
      "p.name as projectName",
      "v.name as providerName",
      "u.name as unitName",
      "h.name as handlerName",
      "delivery.detail",
      "e.number as registerNumber",
      "delivery.updated_at as updatedAt",
    ])
    .orderBy(sort === "number" ? "delivery.number" : "delivery.updated_at", "desc")
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  const items = rows.map(({ detail, ...row }) => {
    const { announcement } = detail as {
      announcement: { fileName: string; declaredRecords: number }
    }
    return {
      ...row,
      fileName: announcement.fileName,
      declaredRecords: announcement.declaredRecords,
    } as DeliverySummary
  })
  return { items, total, page, size }
}

export async function readProjects(db: Db, { units }: Reader): Promise<ProjectView[]> {
  if (units?.length === 0) return []
  const visible = units === null ? projectRows(db) : projectRows(db).where("p.unit", "in", units)
  return (await visible.orderBy("p.number", "desc").execute()) as ProjectView[]
}

export async function readProject(db: Db | Tx, id: string): Promise<ProjectView> {
  return (await projectRows(db).where("p.id", "=", id).executeTakeFirstOrThrow()) as ProjectView
}

function projectRows(db: Db | Tx) {
  return db
    .selectFrom("data_project as p")
    .innerJoin("linkages_v_linkage as l", "l.id", "p.linkage")
    .innerJoin("providers_v_provider as v", "v.id", "l.provider")
    .innerJoin("people_v_unit as u", "u.id", "p.unit")
    .leftJoin("people_v_actor as c", "c.person", "p.custodian")
    .leftJoin("people_v_actor as d", "d.person", "p.custodian_deputy")
    .select([
      "p.id",
      "p.number",
      "p.unit",
      "u.name as unitName",
      "v.name as providerName",
      "l.mode",
      "p.name",
      "p.purpose",
      "p.legal_document as legalDocument",
      "p.custodian",
      "c.name as custodianName",
      "p.custodian_deputy as custodianDeputy",
      "d.name as custodianDeputyName",
    ])
}
