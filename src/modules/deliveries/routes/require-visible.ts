import type { Actor, PersonActor } from "../../../kernel/actor.ts"
import type { DeliveryId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { refuse } from "../../../regulation/rule.ts"
import type { Runtime } from "../../../runtime/index.ts"
import { mayReadDelivery } from "../reads/detail.ts"
import { readerOf } from "../visibility.ts"

/** The first step of every act: a delivery that is not this person's to see is answered as one that is not there. */
export async function requireVisible(
  { db }: Runtime,
  { params, actor, now }: { readonly params: unknown; readonly actor: Actor; readonly now: Instant },
): Promise<DeliveryId> {
  const { id } = params as { readonly id: DeliveryId }
  const reader = await readerOf(db, actor as PersonActor, now)
  if (!(await mayReadDelivery(db, reader, id))) throw new RefusedError([refuse("NOT_FOUND")])
  return id
}
