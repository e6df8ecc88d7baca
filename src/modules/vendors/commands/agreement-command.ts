import type { FileId } from "../../../kernel/ids.ts"
import type { Decision } from "../../../kernel/decision.ts"
import type { Tx } from "../../../platform/db/tx.ts"
import { readScan } from "../../notices/index.ts"
import type { Command, Context } from "../../../runtime/index.ts"
import { isPaperUsed, loadAgreement, lockConfirmedUnder, saveAgreement } from "../agreement-store.ts"
import type { Agreement, AgreementId, Contract } from "../model.ts"
import type { Around, Deciding } from "../rules/agreements.ts"
import type { KeptPaper } from "../rules/papers.ts"
import { desksIn, seatsOf, seesUnit } from "../seats.ts"
import { lockContract } from "../store.ts"

export interface AboutAgreement {
  readonly id: AgreementId
  /** The scan of the signed document, where one is needed. */
  readonly scan?: FileId
}

/** A change of one agreement; `more` loads what only this decision needs. */
export function agreementCommand<Input extends AboutAgreement, More extends object = object>(
  name: string,
  decide: (around: Around & More, input: Input, deciding: Deciding) => Decision<Agreement>,
  more?: (tx: Tx, agreement: Agreement, input: Input, context: Context) => Promise<More>,
): Command<Input, Around & More, Agreement> {
  return {
    name,
    load: async (tx, input, context) => {
      const around = await loadAround(tx, input, context)
      if (around === null) return null
      return { ...around, ...((await more?.(tx, around.agreement, input, context)) ?? ({} as More)) }
    },
    decide,
    save: saveAgreement,
  }
}

/** The contract is locked before its agreements, so that acts under one contract take turns. */
export async function loadAround(
  tx: Tx,
  { id, scan }: AboutAgreement,
  { actor, now }: Pick<Context, "actor" | "now">,
): Promise<Around | null> {
  const known = await loadAgreement(tx, id)
  if (known === null) return null
  const contract = await lockContract(tx, known.contract)
  const seats = await seatsOf(tx, actor, now)
  const agreement = await loadAgreement(tx, id)
  if (contract === null || agreement === null || !seesUnit(seats, contract.unit)) return null
  return {
    ...{ agreement, contract, desks: desksIn(seats, contract.unit) },
    above: await loadAbove(tx, contract),
    kept: scan === undefined ? null : await loadKept(tx, scan),
  }
}

async function loadAbove(tx: Tx, { main }: Contract): Promise<Around["above"]> {
  if (main === null) return null
  await lockContract(tx, main)
  return lockConfirmedUnder(tx, main)
}

export async function loadKept(tx: Tx, scan: FileId): Promise<KeptPaper | null> {
  const kept = await readScan(tx, scan)
  if (kept === null) return null
  return { sha256: kept.sha256, keptBy: kept.keptBy, isUsed: await isPaperUsed(tx, kept.sha256) }
}
