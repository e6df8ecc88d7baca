import type { PersonActor } from "../../../kernel/actor.ts"
import type { DeliveryId } from "../../../kernel/ids.ts"
import { inTx } from "../../../platform/db/tx.ts"
import { bind, type BoundRoute } from "../../../platform/http/bind.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { refuse } from "../../../regulation/rule.ts"
import type { Runtime } from "../../../runtime/index.ts"
import * as contract from "../contract.ts"
import { mayReadDelivery } from "../reads/detail.ts"
import { readDeliveryRow } from "../store.ts"
import { readerOf } from "../visibility.ts"

/** The provider's own mail, for whoever may see the delivery; it holds no household data. Never shown in the browser. */
export function openMailRoute({ db, files }: Runtime): BoundRoute {
  return bind(contract.openProviderMail, async ({ params, actor, now, reply }) => {
    const id = params.id as DeliveryId
    const reader = await readerOf(db, actor as PersonActor, now)
    const { announcement, number } = (await mayReadDelivery(db, reader, id))
      ? await inTx(db, (tx) => readDeliveryRow(tx, id))
      : missing()
    const { stream } = await files.open((announcement.mail ?? missing()).file)
    return reply
      .type("message/rfc822")
      .header("content-disposition", `attachment; filename="${number}.eml"`)
      .send(stream)
  })
}

function missing(): never {
  throw new RefusedError([refuse("NOT_FOUND")])
}
