import type { Decision, Fact } from "../../../kernel/decision.ts"
import type { DeliveryId, PersonId } from "../../../kernel/ids.ts"
import type { Tx } from "../../../platform/db/tx.ts"
import type { Command, Context, Deciding } from "../../../runtime/index.ts"
import { linkageOf } from "../../linkages/index.ts"
import { createNotice } from "../../notices/index.ts"
import type { Delivery } from "../model.ts"
import { itHandlers, loadNamed, loadOffice } from "../office-store.ts"
import { loadStandingEntry, saveEntry } from "../register-store.ts"
import type { Change } from "../rules/change.ts"
import { standingsOf, type Around, type Given } from "../rules/office.ts"
import { loadDelivery, readProjectRow, saveDelivery } from "../store.ts"

/** Every command about one delivery names it. */
export interface AboutDelivery {
  readonly delivery: DeliveryId
}

type DeliveryDecision<Input, Extra> = (
  around: Around & Extra,
  input: Input,
  deciding: Deciding,
) => Decision<Change>

/** A command about one delivery: loads what is around it, saves the change. `more` adds what one command needs beyond. */
export function deliveryCommand<Input extends AboutDelivery, Extra extends object>(
  name: string,
  decide: DeliveryDecision<Input, Extra>,
  more: (tx: Tx, around: Around, input: Input, context: Context) => Promise<Extra>,
): Command<Input, Around & Extra, Change> {
  return {
    name,
    load: async (tx, input, context) => {
      const delivery = await loadDelivery(tx, input.delivery)
      if (delivery === null) return null
      const around = await loadAround(tx, delivery, context)
      return { ...around, ...(await more(tx, around, input, context)) }
    },
    decide,
    save: saveChange,
    follow: giveNotice,
  }
}

/** For commands that need nothing beyond. */
export const nothingMore = () => Promise.resolve({})

/** Reads what a decision about `delivery` may look at; the caller has locked it, unless it only shows. */
export async function loadAround(
  tx: Tx,
  delivery: Delivery,
  { actor, now }: Pick<Context, "actor" | "now">,
): Promise<Around> {
  const project = await readProjectRow(tx, delivery.project)
  return {
    delivery,
    project,
    linkage: await linkageOf(tx, project.linkage),
    entry: await loadStandingEntry(tx, delivery.id),
    office: await loadOffice(tx, delivery, now),
    notices: (await noticesAboutAll(tx, [delivery.id]))(delivery),
    me: actor.kind === "person" ? await loadNamed(tx, actor.person, now) : null,
  }
}

/** Whether the written notices about these deliveries stand, in one query. */
export async function noticesAboutAll(
  tx: Tx,
  ids: readonly DeliveryId[],
): Promise<(delivery: Delivery) => Around["notices"]> {
  const rows =
    ids.length === 0
      ? []
      : await tx
          .selectFrom("notices_v_notice")
          .select(["about_id as delivery", "duty", "state", "stands", "recorded_at as recordedAt"])
          .where("about_type", "=", "delivery")
          .where("about_id", "in", [...ids])
          .execute()
  return (delivery) =>
    standingsOf(
      rows.filter((row) => row.delivery === delivery.id).map((row) => row as Given),
      delivery,
    )
}

export async function saveChange(
  tx: Tx,
  { delivery, entry, reason, act }: Change,
  context: Context,
): Promise<void> {
  const { now } = context
  await saveDelivery(tx, delivery, now)
  if (entry === undefined) return
  await saveEntry(tx, entry, { by: changerOf(context), now, reason: reason ?? null, act: act ?? null })
}

function changerOf({ actor }: Context): PersonId {
  if (actor.kind !== "person") throw new Error("the register is written by persons only")
  return actor.person
}

/** The written notice of a change, and the facts of its being given. */
export async function giveNotice(
  tx: Tx,
  { delivery, notice }: Change,
  context: Context,
): Promise<readonly Fact[]> {
  if (notice === undefined) return []
  const to = notice.to === "it-office" ? await itHandlers(tx, context.now) : [notice.to]
  return createNotice(tx, context, {
    ...notice,
    about: { type: "delivery", id: delivery.id },
    itemNumber: delivery.number,
    link: `/deliveries/${delivery.id}`,
    to,
  })
}
