import { downloadRequestedByMail, downloadRequestedOnPaper } from "../modules/deliveries/index.ts"
import type { Reaction } from "../runtime/index.ts"

/** What follows across modules, in one list: when a fact happens, do. */
export const reactions: readonly Reaction[] = [downloadRequestedByMail, downloadRequestedOnPaper]
