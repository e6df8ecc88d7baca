import { CREDENTIALS } from "./people/credentials.ts"
import { GENERAL } from "./general.ts"
import { IMPORT } from "./people/import.ts"
import type { RefusalTable } from "./kinds.ts"
import { MOVERS } from "./people/movers.ts"
import { NOTICES } from "./notices.ts"
import { OUTSIDE_ACCOUNTS } from "./people/outside-accounts.ts"
import { PEOPLE } from "./people/people.ts"
import { POINT_4 } from "./point-4.ts"
import { POINT_5 } from "./point-5.ts"
import { POINT_6 } from "./point-6.ts"
import { SCIM } from "./people/scim.ts"
import { TRANSFERS } from "./transfers.ts"
import { VENDORS } from "./people/vendors.ts"

/** The one table of refusals; a file per point of the regulation or group. */
export const REFUSALS = {
  ...CREDENTIALS,
  ...GENERAL,
  ...MOVERS,
  ...IMPORT,
  ...NOTICES,
  ...OUTSIDE_ACCOUNTS,
  ...PEOPLE,
  ...POINT_4,
  ...POINT_5,
  ...POINT_6,
  ...SCIM,
  ...TRANSFERS,
  ...VENDORS,
} as const satisfies RefusalTable
export type RefusalCode = keyof typeof REFUSALS
