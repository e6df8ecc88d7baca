import { readTx } from "../../../platform/db/tx.ts"
import { bind, type BoundRoute } from "../../../platform/http/bind.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { refuse } from "../../../regulation/rule.ts"
import type { Runtime } from "../../../runtime/index.ts"
import * as contract from "../contract.ts"
import { readDeliveryRow } from "../store.ts"
import { requireVisible } from "./require-visible.ts"

/** The provider's own mail, for whoever may see the delivery; it holds no household data. Never shown in the browser. */
export function openMailRoute(runtime: Runtime): BoundRoute {
  return bind(contract.openProviderMail, async (asked) => {
    const id = await requireVisible(runtime, asked)
    const { announcement, number } = await readTx(runtime.db, (tx) => readDeliveryRow(tx, id))
    if (announcement.mail === null) throw new RefusedError([refuse("NOT_FOUND")])
    const { stream } = await runtime.files.open(announcement.mail.file)
    return asked.reply
      .type("message/rfc822")
      .header("content-disposition", `attachment; filename="${number}.eml"`)
      .send(stream)
  })
}
