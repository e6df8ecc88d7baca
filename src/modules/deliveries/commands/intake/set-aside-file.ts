import type { Fact } from "../../../../kernel/decision.ts"
import type { Tx } from "../../../../platform/db/tx.ts"
import type { Command, Context } from "../../../../runtime/index.ts"
import { addInboxItem } from "../../../notices/index.ts"
import { decideSetAsideFile } from "../../rules/arrival.ts"
import type { Change } from "../../rules/change.ts"
import type { Around } from "../../rules/office.ts"
import { dropTransfer } from "../../transfers/store.ts"
import { deliveryCommand, nothingMore, saveChange, type AboutDelivery } from "../delivery-command.ts"

type Input = AboutDelivery & { readonly reason: string }

/** Another file in the place of one that is no good; its transfer ends, so that the next comes under a new upload id. */
export const setAsideFile: Command<Input, Around, Change> = {
  ...deliveryCommand<Input, object>("set-aside-file", decideSetAsideFile, nothingMore),
  save: async (tx, change, context) => {
    await saveChange(tx, change, context)
    await dropTransfer(tx, change.delivery.id)
  },
  follow: tellHandler,
}

/** Whoever asked for the file learns that it was not used, and that another notice will follow. */
function tellHandler(tx: Tx, { delivery }: Change, context: Context): Promise<readonly Fact[]> {
  const { id, number, handler, setAside = [] } = delivery
  return addInboxItem(tx, context, {
    kind: "file-set-aside",
    title: `${number}　檔案不予採用，資訊室將另行取檔，完成後重新通知`,
    link: `/deliveries/${id}`,
    duty: "6-1b",
    about: { type: "delivery", id },
    audience: { person: handler },
    once: `file-set-aside:${setAside.at(-1)?.fetched.file.id ?? id}`,
  })
}
