import { sql, type RawBuilder } from "kysely"
import type { Instant } from "../../kernel/time.ts"

/** Whether a row of `table` (or its alias), which has `since` and `until`, is in force at `now`: from its first moment, until before its last. */
export function inForce(table: string, now: Instant): RawBuilder<boolean> {
  const [since, until] = [sql.ref(`${table}.since`), sql.ref(`${table}.until`)]
  return sql<boolean>`(${since} <= ${now}::timestamptz and (${until} is null or ${until} > ${now}::timestamptz))`
}
