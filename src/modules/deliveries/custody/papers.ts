import type { Tx } from "../../../platform/db/tx.ts"
import type { Command } from "../../../runtime/index.ts"
import { decideKeepPaper, type Paper } from "../rules/papers.ts"

/** Records a paper that is complete and durable in the store. */
export const keepPaper: Command<Omit<Paper, "keptBy" | "keptAt">, object, Paper> = {
  name: "keep-paper",
  load: () => Promise.resolve({}),
  decide: (_, paper, deciding) => decideKeepPaper(paper, deciding),
  save: insertPaper,
}

async function insertPaper(tx: Tx, { keptBy, keptAt, ...same }: Paper): Promise<void> {
  await tx
    .insertInto("paper")
    .values({ ...same, kept_by: keptBy, kept_at: keptAt })
    .execute()
}

export async function findPaper(tx: Tx, id: string): Promise<Paper | null> {
  return ((await papers(tx).where("id", "=", id).executeTakeFirst()) as Paper | undefined) ?? null
}

export async function listPapers(tx: Tx): Promise<readonly Paper[]> {
  return (await papers(tx).execute()) as Paper[]
}

function papers(tx: Tx) {
  return tx
    .selectFrom("paper")
    .select(["id", "kind", "sha256", "bytes", "kept_by as keptBy", "kept_at as keptAt"])
}
