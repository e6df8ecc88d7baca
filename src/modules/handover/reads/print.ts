import type { Instant } from "../../../kernel/time.ts"
import { rocDate } from "../../../kernel/roc-date.ts"
import { readTx } from "../../../platform/db/tx.ts"
import type { Runtime } from "../../../runtime/index.ts"
import { originOf } from "../../people/index.ts"
import { changeNoticePdf, inventoryPdf } from "../documents/pdf.ts"
import type { Office } from "../model.ts"
import type { Reader } from "../visibility.ts"
import { findVisible, toldOf } from "./detail.ts"
import { namesOf } from "./names.ts"
import { owedViews } from "./owed.ts"
import type { CivilDate } from "../../../kernel/time.ts"

/** F-9 to one office; `null` when the change is not theirs to see or does not tell that office. */
export async function printNotice(
  runtime: Runtime,
  reader: Reader,
  { id, office }: { readonly id: string; readonly office: Office },
  now: Instant,
): Promise<Uint8Array | null> {
  const change = await findVisible(runtime.db, reader, id)
  const owed =
    change === null ? undefined : (await owedViews(runtime.db, change)).find((one) => one.office === office)
  if (change === null || owed === undefined) return null
  const notice = await readTx(runtime.db, async (tx) => ({
    told: await toldOf(tx, change),
    office,
    due: owed.due === null ? "" : rocDate(owed.due as CivilDate),
    origin: await originOf(tx, runtime, reader.actor, { path: `/personnel-changes/${id}`, now }),
  }))
  return changeNoticePdf(notice)
}

/** 移交清冊; `null` when the change is not theirs to see. */
export async function printInventory(
  runtime: Runtime,
  reader: Reader,
  id: string,
  now: Instant,
): Promise<Uint8Array | null> {
  const change = await findVisible(runtime.db, reader, id)
  if (change === null) return null
  const inventory = await readTx(runtime.db, async (tx) => {
    const names = await namesOf(
      tx,
      change.items.map(({ decidedBy }) => decidedBy),
    )
    return {
      told: await toldOf(tx, change),
      decidedBy: ({ decidedBy }: (typeof change.items)[number]) =>
        decidedBy === null ? "" : names(decidedBy).name,
      origin: await originOf(tx, runtime, reader.actor, { path: `/personnel-changes/${id}`, now }),
    }
  })
  return inventoryPdf(inventory)
}
