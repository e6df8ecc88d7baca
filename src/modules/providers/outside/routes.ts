import type { Actor, PersonActor } from "../../../kernel/actor.ts"
import type { FileId, OutsideAccountId } from "../../../kernel/ids.ts"
import type { CivilDate } from "../../../kernel/time.ts"
import { bind, type BoundRoute } from "../../../platform/http/bind.ts"
import { newId } from "../../../platform/ids.ts"
import { runCommand, type Command, type Runtime } from "../../../runtime/index.ts"
import { sendScan } from "../../notices/index.ts"
import * as contract from "../contracts/outside.ts"
import type { OutsideAccount } from "../model.ts"
import {
  confirmOutsideCancellation,
  recordOutsideAccount,
  recordOutsideChange,
  requestOutsideCancellation,
  seeOutsideChange,
} from "./commands.ts"
import { readEvidence, readOutsideAccounts, requireVisible } from "./reads.ts"
import type { NewOutsideAccount } from "./rules.ts"

export function outsideRoutes(runtime: Runtime): readonly BoundRoute[] {
  /** What is not this person's to see answers as what does not exist. */
  const act = async <Input, State>(
    command: Command<Input & { readonly id: OutsideAccountId }, State, OutsideAccount>,
    id: string,
    input: Input,
    actor: Actor,
  ) => {
    await requireVisible(runtime.db, id, actor as PersonActor)
    await runCommand(runtime, command, { ...input, id: id as OutsideAccountId }, actor)
  }
  return [
    bind(contract.listOutsideAccounts, ({ query, actor }) =>
      readOutsideAccounts(runtime.db, actor as PersonActor, query),
    ),
    bind(contract.recordOutsideAccount, ({ body, actor }) => {
      const account = { ...body, id: newId() } as unknown as NewOutsideAccount
      return runCommand(runtime, recordOutsideAccount, account, actor)
    }),
    bind(contract.recordOutsideChange, ({ params: { id }, body, actor }) =>
      act(recordOutsideChange, id, { on: body.on as CivilDate, scan: body.scan as FileId | null }, actor),
    ),
    bind(contract.seeOutsideChange, ({ params: { id }, actor }) => act(seeOutsideChange, id, {}, actor)),
    bind(contract.openOutsideEvidence, async ({ params, actor, reply }) =>
      sendScan(runtime, reply, await readEvidence(runtime.db, params, actor as PersonActor)),
    ),
    bind(contract.requestOutsideCancellation, ({ params: { id }, body, actor }) =>
      act(requestOutsideCancellation, id, { ...body, on: body.on as CivilDate }, actor),
    ),
    bind(contract.confirmOutsideCancellation, ({ params: { id }, body, actor }) =>
      act(confirmOutsideCancellation, id, { on: body.on as CivilDate }, actor),
    ),
  ]
}
