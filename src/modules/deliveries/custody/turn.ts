import { digestOf } from "../../../kernel/digest.ts"
import type { FileId } from "../../../kernel/ids.ts"
import { epochMs, startOfTaipeiDay, type CivilDate } from "../../../kernel/time.ts"

/** Days in which every kept file is read whole once. */
const TURN_DAYS = 28
const DAY_MS = 86_400_000

/** Whether the file is read whole on this day: days and files meet in one of 28 groups, so that nothing is noted. */
export function isItsTurn(file: FileId, day: CivilDate): boolean {
  const dayNumber = Math.ceil(epochMs(startOfTaipeiDay(day)) / DAY_MS)
  return dayNumber % TURN_DAYS === Number.parseInt(digestOf(file).slice(0, 8), 16) % TURN_DAYS
}
