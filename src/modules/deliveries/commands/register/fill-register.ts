import type { EntryId, PersonId } from "../../../../kernel/ids.ts"
import { rocYear } from "../../../../kernel/roc-date.ts"
import { taipeiDate, type Instant } from "../../../../kernel/time.ts"
import type { Tx } from "../../../../platform/db/tx.ts"
import { itHandlers, loadNamed, unitCode } from "../../office-store.ts"
import { takeRegisterSerial } from "../../register-store.ts"
import type { Around } from "../../rules/office.ts"
import {
  decideFillRegister,
  decideReviseRegister,
  type FilledColumns,
  type NewEntry,
} from "../../rules/register.ts"
import type { NamedPerson } from "../../model.ts"
import { deliveryCommand, type AboutDelivery } from "../delivery-command.ts"

type Fill = AboutDelivery & FilledColumns & { readonly id: EntryId }

/** 6-2a: the row takes the next number of the unit's book for the ROC year. */
export const fillRegister = deliveryCommand<Fill, { readonly numbered: NewEntry }>(
  "fill-register",
  ({ numbered, ...around }, { delivery: _, id: __, ...filled }, deciding) =>
    decideFillRegister(around, { ...filled, entry: numbered }, deciding),
  async (tx, around, { id }, { now }) => {
    const year = rocYear(taipeiDate(now))
    const { unit } = around.delivery
    const serial = await takeRegisterSerial(tx, unit, year)
    const number = `${year}-${await unitCode(tx, unit)}-${String(serial).padStart(4, "0")}`
    return { numbered: { id, rocYear: year, serial, number, itHandler: await downloader(tx, around, now) } }
  },
)

/** Column 7 is who downloaded the file, until a revision names somebody else. */
async function downloader(tx: Tx, { delivery, office }: Around, now: Instant): Promise<NamedPerson> {
  const named = "fetched" in delivery ? await loadNamed(tx, delivery.fetched.fetchedBy, now) : null
  // Without a download the decision refuses; the value is never used.
  return named ?? office.handler
}

type Revise = AboutDelivery & FilledColumns & { readonly itHandler: PersonId | null }

/** A change of columns 1–7 before release; both stamps fall. */
export const reviseRegister = deliveryCommand<Revise, Column7>(
  "revise-register",
  ({ itHandler, isOfItOffice, ...around }, { delivery: _, itHandler: __, ...filled }, deciding) =>
    decideReviseRegister(around, { ...filled, itHandler, isOfItOffice }, deciding),
  async (tx, { entry, office }, { itHandler: chosen }, { now }) => {
    const named = chosen === null ? null : await loadNamed(tx, chosen, now)
    return {
      itHandler: named ?? entry?.columns.itHandler ?? office.handler,
      isOfItOffice: chosen === null || (await itHandlers(tx, now)).includes(chosen),
    }
  },
)

interface Column7 {
  readonly itHandler: NamedPerson
  readonly isOfItOffice: boolean
}
