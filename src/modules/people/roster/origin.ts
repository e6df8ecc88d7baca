import type { PersonActor } from "../../../kernel/actor.ts"
import type { Instant } from "../../../kernel/time.ts"
import { readHead } from "../../../ledger/index.ts"
import type { Tx } from "../../../platform/db/tx.ts"
import type { Origin } from "../../../platform/documents/origin.ts"
import type { Runtime } from "../../../runtime/index.ts"

/** What every printed page says of where it comes from; `path` is the screen that shows the same. */
export async function originOf(
  tx: Tx,
  runtime: Runtime,
  actor: PersonActor,
  { path, now }: { readonly path: string; readonly now: Instant },
): Promise<Origin> {
  const agency = await tx.selectFrom("unit").select("name").where("kind", "=", "agency").executeTakeFirst()
  return {
    agency: agency?.name ?? "",
    printedAt: now,
    printedBy: actor.name,
    pack: runtime.pack.version,
    ledgerIndex: ((await readHead(tx))?.size ?? 0) - 1,
    link: `${runtime.origin}${path}`,
    watermark: runtime.demo ? "示範" : null,
  }
}
