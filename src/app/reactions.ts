import { downloadRequestedByMail, downloadRequestedOnPaper } from "../modules/deliveries/index.ts"
import {
  personnelChangeRecorded,
  personnelNoticeMailed,
  personnelNoticeOnPaper,
} from "../modules/handover/index.ts"
import { passwordLinkTold, simultaneousUseTold } from "../modules/notices/index.ts"
import { outsideAccountsCancelled } from "../modules/providers/index.ts"
import type { HoldingsOf, Reaction } from "../runtime/index.ts"

/** What follows across modules, in one list: when a fact happens, do. */
export function reactionsWith(holdingsOf: HoldingsOf): readonly Reaction[] {
  return [
    passwordLinkTold,
    simultaneousUseTold,
    downloadRequestedByMail,
    downloadRequestedOnPaper,
    personnelChangeRecorded(holdingsOf),
    outsideAccountsCancelled,
    personnelNoticeMailed,
    personnelNoticeOnPaper,
  ]
}
