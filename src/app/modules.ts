import { access } from "../modules/access/index.ts"
import { deadlines } from "../modules/deadlines/index.ts"
import { deliveries } from "../modules/deliveries/index.ts"
import { handover } from "../modules/handover/index.ts"
import { linkages } from "../modules/linkages/index.ts"
import { notices } from "../modules/notices/index.ts"
import { people } from "../modules/people/index.ts"
import { providers } from "../modules/providers/index.ts"
import { vendors } from "../modules/vendors/index.ts"
import type { HoldingsOf, Module } from "../runtime/index.ts"

/** Every capability in order: a module may call earlier ones only. */
export function modulesAt(origin: string): readonly Module[] {
  const before = [people, access(origin), notices, deadlines, vendors, providers, linkages, deliveries]
  return [...before, handover(holdingsOf(before))]
}

/** What somebody has in hand, folded over the modules: what must be handed over when they go (5-4). */
export function holdingsOf(modules: readonly Module[]): HoldingsOf {
  return async (db, person, now) => {
    const held = []
    for (const module of modules) held.push(...((await module.holdingsOf?.(db, person, now)) ?? []))
    return held
  }
}
