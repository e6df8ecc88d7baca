import type { Actor } from "../kernel/actor.ts"
import { refused, type Decision, type Fact, type Refusal } from "../kernel/decision.ts"
import { inTx, type Tx } from "../platform/db/tx.ts"
import { RefusedError } from "../platform/http/refused-error.ts"
import { refuse } from "../regulation/rule.ts"
import { areAsRecorded, recordFacts, type Deed } from "./record-facts.ts"
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
export function runCommand<Input, State, Next>(
  runtime: Runtime,
  command: Command<Input, State, Next>,
  input: Input,
  actor: Actor,
): Promise<Next> {
  return runTogether(runtime, (run) => run(command, input, actor))
}

/** One of several commands; resolves with the state saved, which stands only if all of them do. */
export type Run = <Input, State, Next>(
  command: Command<Input, State, Next>,
  input: Input,
  actor: Actor,
) => Promise<Next>

/**
 * Several commands in one transaction, one after the other: all happen, or the first refusal undoes them all.
 * `steps` MUST await nothing but what it runs, and let its refusals pass.
 */
export async function runTogether<Done>(runtime: Runtime, steps: (run: Run) => Promise<Done>): Promise<Done> {
  const { pack } = runtime
  const now = runtime.clock.now()
  try {
    return await onceMoreWhenBeaten(() =>
      inTx(runtime.db, async (tx) => {
        const deeds: Deed[] = []
        const touched = new Set<string>()
        const done = await steps(async (command, input, actor) => {
          const context: Context = { runtime, actor, now, pack }
          const { next, facts } = await runIn(tx, command, input, context, touched)
          deeds.push({ context, facts })
          return next
        })
        await recordFacts(tx, runtime, deeds)
        return done
      }),
    )
  } catch (error) {
    if (!(error instanceof Undone)) throw error
    await recordRefusal(runtime, error.actor, error.attempt, error.refusals)
    throw new RefusedError(error.refusals, true)
  }
}

/** Another took the same name or number at the same moment: the second look finds it, and the rule itself answers. */
async function onceMoreWhenBeaten<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === UNIQUE_VIOLATION) return await work()
    throw error
  }
}

const UNIQUE_VIOLATION = "23505"

async function runIn<Input, State, Next>(
  tx: Tx,
  command: Command<Input, State, Next>,
  input: Input,
  context: Context,
  touched: Set<string>,
): Promise<{ readonly next: Next; readonly facts: readonly Fact[] }> {
  const state = await command.load(tx, input, context)
  const decided = state === null ? refused(refuse("NOT_FOUND")) : command.decide(state, input, context)
  if (!decided.ok) throw new Undone(command.name, context.actor, decided.refusals)
  if (!(await areAsRecorded(tx, context.runtime, decided.facts, touched)))
    throw new Undone(command.name, context.actor, [refuse("RECORD_MISMATCH")])
  await command.save(tx, decided.next, context)
  const following = (await command.follow?.(tx, decided.next, context)) ?? []
  return { next: decided.next, facts: [...decided.facts, ...following] }
}

/** Thrown inside a transaction to undo the row locks and anything a load or an earlier command touched. */
class Undone extends Error {
  readonly attempt: string
  readonly actor: Actor
  readonly refusals: readonly [Refusal, ...Refusal[]]

  constructor(attempt: string, actor: Actor, refusals: readonly [Refusal, ...Refusal[]]) {
    super(`${attempt} is refused`)
    this.attempt = attempt
    this.actor = actor
    this.refusals = refusals
  }
}
