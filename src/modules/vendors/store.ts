import type { UnitId, VendorId } from "../../kernel/ids.ts"
import type { CivilDate } from "../../kernel/time.ts"
import type { Db, Tx } from "../../platform/db/tx.ts"
import type { Contract, ContractId, Vendor } from "./model.ts"

export async function loadVendor(tx: Tx, id: VendorId): Promise<Vendor | null> {
  const row = await tx.selectFrom("vendor").selectAll().where("id", "=", id).executeTakeFirst()
  if (row === undefined) return null
  return {
    ...{ id, taxId: row.tax_id, name: row.name },
    contact: { name: row.contact_name, email: row.contact_email, phone: row.contact_phone },
    ...{ version: row.version, createdAt: row.created_at },
  }
}

export async function isVendor(db: Db, id: VendorId): Promise<boolean> {
  return (await db.selectFrom("vendor").select("id").where("id", "=", id).executeTakeFirst()) !== undefined
}

export async function isTaxIdTaken(tx: Tx, taxId: string): Promise<boolean> {
  const row = await tx.selectFrom("vendor").select("id").where("tax_id", "=", taxId).executeTakeFirst()
  return row !== undefined
}

export async function insertVendor(tx: Tx, vendor: Vendor): Promise<void> {
  const { id, taxId, name, contact, version, createdAt } = vendor
  await tx
    .insertInto("vendor")
    .values({
      ...{ id, tax_id: taxId, name, version, created_at: createdAt },
      ...{ contact_name: contact.name, contact_email: contact.email, contact_phone: contact.phone },
    })
    .execute()
}

export async function loadContract(tx: Tx, id: ContractId): Promise<Contract | null> {
  const row = await tx.selectFrom("vendor_contract").selectAll().where("id", "=", id).executeTakeFirst()
  return row === undefined ? null : toContract(row)
}

/** Like `loadContract`, with the row locked: acts on a contract and on what stands under it take turns. */
export async function lockContract(tx: Tx, id: ContractId): Promise<Contract | null> {
  await tx.selectFrom("vendor_contract").select("id").where("id", "=", id).forUpdate().execute()
  return loadContract(tx, id)
}

export async function saveContract(tx: Tx, contract: Contract): Promise<void> {
  const { from, to, createdAt, ...same } = contract
  await tx
    .insertInto("vendor_contract")
    .values({ ...same, from_on: from, to_on: to, created_at: createdAt })
    .onConflict((oc) => oc.column("id").doUpdateSet({ to_on: to, version: contract.version }))
    .execute()
}

function toContract(row: {
  readonly id: string
  readonly vendor: string
  readonly unit: string
  readonly main: string | null
  readonly number: string
  readonly subject: string
  readonly from_on: CivilDate
  readonly to_on: CivilDate
  readonly version: number
  readonly created_at: Contract["createdAt"]
}): Contract {
  const { from_on: from, to_on: to, created_at: createdAt, ...same } = row
  return {
    ...{ ...same, from, to, createdAt },
    id: row.id as ContractId,
    vendor: row.vendor as VendorId,
    unit: row.unit as UnitId,
    main: row.main as ContractId | null,
  }
}
