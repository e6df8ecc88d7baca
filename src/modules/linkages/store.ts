import type { LinkageId } from "../../kernel/ids.ts"
import type { Tx } from "../../platform/db/tx.ts"
import type { Linkage } from "./model.ts"

const COLUMNS = [
  "id",
  "provider",
  "unit",
  "purpose",
  "mode",
  "approval_number as approvalNumber",
  "approved_on as approvedOn",
  "test_number as testNumber",
  "tested_on as testedOn",
  "transcribed",
  "state",
  "version",
  "created_at as createdAt",
] as const

export async function loadLinkage(tx: Tx, id: LinkageId): Promise<Linkage | null> {
  const row = await tx.selectFrom("linkage").select(COLUMNS).where("id", "=", id).executeTakeFirst()
  return (row as Linkage | undefined) ?? null
}

export async function insertLinkage(tx: Tx, linkage: Linkage): Promise<void> {
  const { approvalNumber, approvedOn, testNumber, testedOn, createdAt, ...same } = linkage
  await tx
    .insertInto("linkage")
    .values({
      ...same,
      approval_number: approvalNumber,
      approved_on: approvedOn,
      test_number: testNumber,
      tested_on: testedOn,
      created_at: createdAt,
    })
    .execute()
}
