import { GENERAL } from "./general.ts"
import type { RefusalTable } from "./kinds.ts"

/** The one table of refusals; a file per point of the regulation. */
export const REFUSALS = { ...GENERAL } as const satisfies RefusalTable
export type RefusalCode = keyof typeof REFUSALS
