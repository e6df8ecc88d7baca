import { taipeiDate, type CivilDate, type Instant } from "../../../kernel/time.ts"
import type { Refusal } from "../../../kernel/decision.ts"
import { gather } from "../../../kernel/decision.ts"
import type { PolicyPack } from "../../../regulation/packs/schema.ts"
import { officeCalendar } from "../../../regulation/period/calendar.ts"
import { dueOf } from "../../../regulation/period/period.ts"
import type { RefusalCode } from "../../../regulation/refusals/index.ts"
import { refuse, rule } from "../../../regulation/rule.ts"

type PasswordPolicy = PolicyPack["password"]

/** A password somebody wants to set, and what must not stand in it. */
export interface Wanted {
  readonly password: string
  /** Account, name, mailbox and staff number of its owner. */
  readonly names: readonly string[]
  readonly isCommon: boolean
  /** Whether it is one of those used before that the pack remembers, or the present one. */
  readonly wasUsed: boolean
}

export const passwordIsLong = rule("internal", (password: string, { minLength }: PasswordPolicy) =>
  Array.from(password).length >= minLength.value
    ? null
    : refuse("PASSWORD_TOO_SHORT", { min: minLength.value }),
)

const CLASSES = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u]

export const passwordIsMixed = rule("internal", (password: string, { classes }: PasswordPolicy) =>
  CLASSES.filter((kind) => kind.test(password)).length >= classes.value
    ? null
    : refuse("PASSWORD_TOO_SIMPLE", { classes: classes.value }),
)

/** Shorter names would forbid half of all passwords. */
const NAME_LENGTH = 2

export const passwordNamesNobody = rule("internal", (password: string, names: readonly string[]) => {
  const said = password.toLowerCase()
  const isNamed = names.some(
    (name) => Array.from(name).length >= NAME_LENGTH && said.includes(name.toLowerCase()),
  )
  return isNamed ? refuse("PASSWORD_NAMES_YOU") : null
})

export const passwordIsUncommon = rule("internal", (isCommon: boolean) =>
  isCommon ? refuse("PASSWORD_TOO_COMMON") : null,
)

export const passwordIsNew = rule("internal", (wasUsed: boolean, { history }: PasswordPolicy) =>
  wasUsed && history.value > 0 ? refuse("PASSWORD_USED_BEFORE", { history: history.value }) : null,
)

/** Every reason against a password at once. */
export function refusalsOfPassword(
  { password, names, isCommon, wasUsed }: Wanted,
  policy: PasswordPolicy,
): Refusal<RefusalCode>[] {
  return gather(
    passwordIsLong(password, policy),
    passwordIsMixed(password, policy),
    passwordNamesNobody(password, names),
    passwordIsUncommon(isCommon),
    passwordIsNew(wasUsed, policy),
  )
}

/** Months by the calendar and no roll-over: no office calendar is asked. */
const NO_CALENDAR = officeCalendar([])

/** The last day on which a password set at `setAt` may stand. */
export function renewBy(setAt: Instant, { maxAge }: Pick<PasswordPolicy, "maxAge">): CivilDate {
  const { unit, count } = maxAge.value
  return dueOf(taipeiDate(setAt), { unit, length: count, direction: "after", roll: false }, NO_CALENDAR).on
}

/** Forced at the next sign-in from the day after. */
export const passwordIsRenewedInTime = rule(
  "5-3a",
  (setAt: Instant | null, policy: Pick<PasswordPolicy, "maxAge">, now: Instant) =>
    setAt !== null && taipeiDate(now) <= renewBy(setAt, policy) ? null : refuse("PASSWORD_RENEWAL_DUE"),
)
