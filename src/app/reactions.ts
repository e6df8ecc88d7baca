import { downloadRequestedByMail, downloadRequestedOnPaper } from "../modules/deliveries/index.ts"
import { passwordLinkTold, simultaneousUseTold } from "../modules/notices/index.ts"
import type { Reaction } from "../runtime/index.ts"

/** What follows across modules, in one list: when a fact happens, do. */
export const reactions: readonly Reaction[] = [
  passwordLinkTold,
  simultaneousUseTold,
  downloadRequestedByMail,
  downloadRequestedOnPaper,
]
