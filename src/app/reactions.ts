import type { Reaction } from "../runtime/index.ts"

/** What follows across modules, in one list: when a fact happens, do. */
export const reactions: readonly Reaction[] = []
