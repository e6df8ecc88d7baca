import type { Decision, Fact } from "../../../kernel/decision.ts"
import type { FileId, OutsideAccountId, PersonId } from "../../../kernel/ids.ts"
import type { CivilDate } from "../../../kernel/time.ts"
import type { Tx } from "../../../platform/db/tx.ts"
import type { Command, Context } from "../../../runtime/index.ts"
import { readScan } from "../../notices/index.ts"
import type { OutsideAccount } from "../model.ts"
import { expectChange, expectNoChange, renewExpectation } from "./password-age.ts"
import {
  beginCancellation,
  decideChange,
  decideConfirm,
  decideRecord,
  decideRequest,
  decideSee,
  type AroundNew,
  type CancellationRequest,
  type Deciding,
  type KeptEvidence,
  type NewOutsideAccount,
} from "./rules.ts"
import {
  isEvidenceUsed,
  isNameTaken,
  isOfUnit,
  loadOutsideAccount,
  lockAccountsOf,
  saveOutsideAccount,
} from "./store.ts"

export const recordOutsideAccount: Command<NewOutsideAccount, AroundNew, OutsideAccount> = {
  name: "record-outside-account",
  load: async (tx, account, { now }) => ({
    isTaken: await isNameTaken(tx, account),
    isOfUnit: await isOfUnit(tx, account.holder, account.unit, now),
  }),
  decide: decideRecord,
  save: saveOutsideAccount,
  follow: expectChange,
}

interface OnAccount {
  readonly id: OutsideAccountId
}

function act<Input>(
  name: string,
  decide: (account: OutsideAccount, input: Input, deciding: Deciding) => Decision<OutsideAccount>,
  follow?: (tx: Tx, account: OutsideAccount, context: Context) => Promise<readonly Fact[]>,
): Command<OnAccount & Input, OutsideAccount, OutsideAccount> {
  const command = { name, load: loadById, decide, save: saveOutsideAccount }
  return follow === undefined ? command : { ...command, follow }
}

function loadById(tx: Tx, { id }: OnAccount): Promise<OutsideAccount | null> {
  return loadOutsideAccount(tx, id)
}

interface OnDay {
  readonly on: CivilDate
}

interface Evidenced extends OnAccount, OnDay {
  readonly scan: FileId | null
}

export const recordOutsideChange: Command<
  Evidenced,
  { readonly account: OutsideAccount; readonly kept: KeptEvidence | "none" | null },
  OutsideAccount
> = {
  name: "record-outside-change",
  load: async (tx, { id, scan }) => {
    const account = await loadOutsideAccount(tx, id)
    return account && { account, kept: scan === null ? "none" : await loadEvidence(tx, scan) }
  },
  decide: decideChange,
  save: saveOutsideAccount,
  follow: renewExpectation,
}

async function loadEvidence(tx: Tx, file: FileId): Promise<KeptEvidence | null> {
  const scan = await readScan(tx, file)
  if (scan === null) return null
  const { sha256, keptBy } = scan
  return { file, sha256, keptBy, isUsed: await isEvidenceUsed(tx, sha256) }
}

export const seeOutsideChange = act<object>("see-outside-change", decideSee)
export const requestOutsideCancellation = act<CancellationRequest>(
  "request-outside-cancellation",
  decideRequest,
  expectNoChange,
)
export const confirmOutsideCancellation = act<OnDay>("confirm-outside-cancellation", decideConfirm)

/**
 * 5-4: every account that `person` holds outside is to be cancelled, for `reason`; a to-do for the head of its unit and
 * 資訊室 to ask the provider. Within the caller's transaction; the caller's facts MUST include those returned.
 */
export async function cancelOutsideAccounts(
  tx: Tx,
  context: Context,
  person: PersonId,
  reason: string,
): Promise<readonly Fact[]> {
  const facts: Fact[] = []
  for (const account of await lockAccountsOf(tx, person)) {
    const begun = beginCancellation(account, reason, context.now)
    if (begun === null) continue
    await saveOutsideAccount(tx, begun.next)
    facts.push(begun.fact, ...(await expectNoChange(tx, begun.next, context)))
  }
  return facts
}
