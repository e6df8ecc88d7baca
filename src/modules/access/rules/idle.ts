import { taipeiDate, type Instant } from "../../../kernel/time.ts"
import type { PolicyPack } from "../../../regulation/packs/schema.ts"
import { officeCalendar } from "../../../regulation/period/calendar.ts"
import { period } from "../../../regulation/period/period.ts"

/** Whether an account last used at `lastUse` is idle at `now` (附表十): legal months, no roll-over. */
export function isIdle(lastUse: Instant, { idleMonths }: PolicyPack["accounts"], now: Instant): boolean {
  const last = period.months(idleMonths.value).after(taipeiDate(lastUse), officeCalendar([])).on
  return taipeiDate(now) > last
}
