import type { Json } from "../../kernel/decision.ts"
import type { LinkageId } from "../../kernel/ids.ts"
import { newId } from "../../platform/ids.ts"
import type { Db, Tx } from "../../platform/db/tx.ts"
import { bind } from "../../platform/http/bind.ts"
import { runCommand, type Aggregate, type Module } from "../../runtime/index.ts"
import { transcribeLinkage } from "./commands/transcribe-linkage.ts"
import * as contract from "./contract.ts"
import type { Linkage } from "./model.ts"
import type { PaperLinkage } from "./rules.ts"
import { loadLinkage } from "./store.ts"

export { transcribeLinkage } from "./commands/transcribe-linkage.ts"
export type { Linkage } from "./model.ts"

/** The linkage a project stands on. Throws when it does not exist, which a foreign key rules out. */
export async function linkageOf(tx: Tx, id: string): Promise<Linkage> {
  const linkage = await loadLinkage(tx, id as LinkageId)
  if (linkage === null) throw new Error("a project's linkage exists")
  return linkage
}

const linkageAggregate: Aggregate = {
  type: "linkage",
  stateOf: async (tx, id) => {
    const linkage = await loadLinkage(tx, id as LinkageId)
    return linkage === null ? null : { version: linkage.version, state: linkage as unknown as Json }
  },
  listIds: async (tx) => (await tx.selectFrom("linkage").select("id").execute()).map((row) => row.id),
}

async function readLinkages(db: Db): Promise<contract.LinkageView[]> {
  const rows = await db
    .selectFrom("linkage")
    .innerJoin("providers_v_provider as p", "p.id", "linkage.provider")
    .innerJoin("people_v_unit as u", "u.id", "linkage.unit")
    .select([
      "linkage.id",
      "linkage.provider",
      "p.name as providerName",
      "linkage.unit",
      "u.name as unitName",
      "linkage.purpose",
      "linkage.mode",
      "linkage.approval_number as approvalNumber",
      "linkage.test_number as testNumber",
      "linkage.transcribed",
      "linkage.state",
    ])
    .orderBy("linkage.created_at")
    .execute()
  return rows as contract.LinkageView[]
}

export const linkages: Module = {
  name: "linkages",
  aggregates: [linkageAggregate],
  routes: (runtime) => [
    bind(contract.listLinkages, () => readLinkages(runtime.db)),
    bind(contract.transcribeLinkage, ({ body, actor }) =>
      runCommand(runtime, transcribeLinkage, { ...body, id: newId() as LinkageId } as PaperLinkage, actor),
    ),
  ],
}
