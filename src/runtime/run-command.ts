import type { Actor } from "../kernel/actor.ts"
import type { Decision, Fact } from "../kernel/decision.ts"
import { inTx, type Tx } from "../platform/db/tx.ts"
import { RefusedError } from "../platform/http/refused-error.ts"
import { refuse } from "../regulation/rule.ts"
import { recordFacts } from "./record-facts.ts"
import { recordRefusal } from "./record-refusal.ts"
import type { Context, Deciding, Runtime } from "./runtime.ts"

/** One change of state: what to load, how to decide, what to save. */
export interface Command<Input, State, Next> {
  readonly name: string
  /** Loads what the decision needs, rows locked `FOR UPDATE`; `null` when there is no such thing for this actor. */
  readonly load: (tx: Tx, input: Input, context: Context) => Promise<State | null>
  /** Pure. */
  readonly decide: (state: State, input: Input, deciding: Deciding) => Decision<Next>
  readonly save: (tx: Tx, next: Next, context: Context) => Promise<void>
  /** What the change causes in earlier modules, such as a notice it gives; resolves with their facts. */
  readonly follow?: (tx: Tx, next: Next, context: Context) => Promise<readonly Fact[]>
}

/**
 * The one door for change: loads, decides, saves, reacts and appends in one transaction.
 * Resolves with the state saved, after commit. Throws RefusedError, after the refusal itself is recorded.
 */
export async function runCommand<Input, State, Next>(
  runtime: Runtime,
  command: Command<Input, State, Next>,
  input: Input,
  actor: Actor,
): Promise<Next> {
  const context: Context = { runtime, actor, now: runtime.clock.now(), pack: runtime.pack }
  const refusedRollback = new RollBack()
  const decision = await inTx(runtime.db, async (tx) => {
    const state = await command.load(tx, input, context)
    const decided = state === null ? missing() : command.decide(state, input, context)
    if (!decided.ok) throw refusedRollback.with(decided)
    await command.save(tx, decided.next, context)
    const following = (await command.follow?.(tx, decided.next, context)) ?? []
    await recordFacts(tx, context, [...decided.facts, ...following])
    return decided
  }).catch((error: unknown) => {
    if (error === refusedRollback && refusedRollback.decision !== undefined) return refusedRollback.decision
    throw error
  })
  if (decision.ok) return decision.next
  await recordRefusal(runtime, actor, command.name, decision.refusals)
  throw new RefusedError(decision.refusals, true)
}

type RefusedDecision = Extract<Decision<never>, { ok: false }>

/** Thrown inside a transaction to undo the row locks and anything a load touched. */
class RollBack extends Error {
  decision: RefusedDecision | undefined

  with(decision: RefusedDecision): this {
    this.decision = decision
    return this
  }
}

function missing(): RefusedDecision {
  return { ok: false, refusals: [refuse("NOT_FOUND")] }
}
