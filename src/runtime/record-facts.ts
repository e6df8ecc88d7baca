import { actorName } from "../kernel/actor.ts"
import type { Fact } from "../kernel/decision.ts"
import { recordedDigest, stateDigest, type NewEntry } from "../ledger/index.ts"
import type { Tx } from "../platform/db/tx.ts"
import type { Context, Runtime } from "./runtime.ts"

/** A reaction may cause further facts; more rounds than this is a loop between reactions. */
const MAX_REACTION_ROUNDS = 8

/** What one actor did in a transaction. */
export interface Deed {
  readonly context: Context
  readonly facts: readonly Fact[]
}

/** Runs reactions and appends all facts to the ledger. MUST be the last step of its transaction. */
export async function recordFacts(tx: Tx, runtime: Runtime, deeds: readonly Deed[]): Promise<void> {
  const all: Deed[] = []
  for (const { context, facts } of deeds)
    all.push({ context, facts: await withReactions(tx, context, facts) })
  const states = await statesAfter(
    tx,
    runtime,
    all.flatMap(({ facts }) => facts),
  )
  const entries = all.flatMap(({ context, facts }) =>
    facts.map((fact) => entryOf(context, fact, states.get(aboutKey(fact)))),
  )
  await runtime.ledger.appendInTx(tx, entries)
}

/**
 * Appends a fact beside which nothing changed, in one transaction with the others that wait just then. Resolves when
 * it is durable. It MUST be about no aggregate and have no reaction: those need the transaction of a command.
 */
export async function recordAlone(context: Context, fact: Fact): Promise<void> {
  const { aggregates, reactions, sequencer } = context.runtime
  if (aggregates.has(fact.about.type) || reactions.some(({ on }) => on === fact.kind))
    throw new Error(`${fact.kind} does not stand alone`)
  await sequencer.appended([entryOf(context, fact)])
}

function entryOf({ runtime, actor, now, pack }: Context, fact: Fact, state?: StateAfter): NewEntry {
  return {
    time: now,
    actor: actorName(actor),
    kind: fact.kind,
    duties: [...fact.duties],
    pack: pack.version,
    about: { ...fact.about, ...state },
    refs: fact.refs ?? {},
    subjects: (fact.subjects ?? []).map((subject) => runtime.keyring.pseudonym(subject)),
    payload: fact.payload,
    retention: fact.retention,
  }
}

async function withReactions(tx: Tx, context: Context, facts: readonly Fact[]): Promise<readonly Fact[]> {
  const all = [...facts]
  let latest = facts
  for (let round = 0; latest.length > 0; round++) {
    if (round === MAX_REACTION_ROUNDS)
      throw new Error(`reactions do not settle after ${latest.map((f) => f.kind).join(", ")}`)
    const caused: Fact[] = []
    for (const fact of latest)
      for (const reaction of context.runtime.reactions)
        if (reaction.on === fact.kind) caused.push(...(await reaction.react(tx, fact, context)))
    all.push(...caused)
    latest = caused
  }
  return all
}

type StateAfter = { readonly version: number; readonly digest: string }

async function statesAfter(
  tx: Tx,
  runtime: Runtime,
  facts: readonly Fact[],
): Promise<ReadonlyMap<string, StateAfter>> {
  const states = new Map<string, StateAfter>()
  for (const fact of facts) {
    const aggregate = runtime.aggregates.get(fact.about.type)
    if (aggregate === undefined || states.has(aboutKey(fact))) continue
    const found = await aggregate.stateOf(tx, fact.about.id)
    if (found !== null)
      states.set(aboutKey(fact), { version: found.version, digest: stateDigest(found.state) })
  }
  return states
}

/**
 * Whether every aggregate that the facts are about still is as its newest entry recorded it: an act on rows that were
 * changed behind the program's back would record them as they are now, and nobody would find out. `touched` are those
 * that an earlier step of the same transaction changed, which are added to.
 */
export async function areAsRecorded(
  tx: Tx,
  { aggregates }: Runtime,
  facts: readonly Fact[],
  touched: Set<string>,
): Promise<boolean> {
  for (const fact of facts) {
    const { type, id } = fact.about
    const aggregate = aggregates.get(type)
    if (aggregate === undefined || touched.has(aboutKey(fact))) continue
    touched.add(aboutKey(fact))
    const found = await aggregate.stateOf(tx, id)
    const digest = found === null ? null : stateDigest(found.state)
    if (digest !== (await recordedDigest(tx, type, id))) return false
  }
  return true
}

function aboutKey(fact: Fact): string {
  return `${fact.about.type}:${fact.about.id}`
}
