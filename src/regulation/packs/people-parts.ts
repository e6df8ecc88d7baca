import { z } from "zod"
import { ROLES } from "../../kernel/actor.ts"
import { Source, sourced, unique } from "./sourced.ts"

const Count = z.int().positive()
const Months = z.int().min(1).max(120)

/** How long a password or its evidence may stand (5-3a, A-05). */
const Age = z.strictObject({ count: Count, unit: z.enum(["month", "day"]) })

/** At which level somebody stamps, the weakest first. */
export const SEAL_LEVELS = ["session", "password", "passkey"] as const

/** The kinds of change that end or move rights (5-4, A-18). */
export const MOVER_KINDS = [
  "transfer",
  "resignation",
  "retirement",
  "suspension",
  "leave-of-absence",
  "unpaid-leave",
  "secondment",
  "long-leave",
] as const

const MoverNotice = z.strictObject({
  to: z.enum(["it-office", "ethics-office", "provider"]),
  days: z.int().min(0).max(60),
  direction: z.enum(["after", "before"]),
  basis: z.enum(["calendar", "working"]),
  source: Source,
})

/** The parameters about people: credentials, sessions, stamps, changes of post, accounts over time, vendors. */
export const PeopleParts = {
  password: z.strictObject({
    maxAge: sourced(Age),
    minLength: sourced(z.int().min(8).max(64)),
    /** Of lower case, upper case, digits and everything else, how many kinds at least. */
    classes: sourced(z.int().min(1).max(4)),
    /** So many earlier passwords are not taken again. */
    history: sourced(z.int().min(0).max(24)),
  }),
  lockout: z.strictObject({
    failures: sourced(z.int().min(1).max(10)),
    minutes: sourced(z.int().min(15).max(1440)),
  }),
  session: z.strictObject({
    idleMinutes: sourced(z.int().min(1).max(480)),
    maxMinutes: sourced(z.int().min(1).max(1440)),
    onePerAccount: sourced(z.boolean()),
  }),
  secondFactor: z.strictObject({
    /** Which second factor an account must have; `none` leaves it to the person. */
    required: sourced(z.enum(["none", "any", "passkey"])),
  }),
  signIn: z.strictObject({
    ways: sourced(unique(z.enum(["password", "single-sign-on"]), String)),
  }),
  seal: z.strictObject({
    minLevel: sourced(z.enum(SEAL_LEVELS)),
    /** Stamps of so many hours after somebody's credentials were reset are flagged. */
    flaggedHoursAfterReset: sourced(z.int().min(0).max(168)),
  }),
  movers: z.strictObject({
    kinds: sourced(unique(z.enum(MOVER_KINDS), String)),
    /** Who owes the notices: the head of the unit that the person leaves. */
    noticeFrom: sourced(z.enum(ROLES)),
    notices: unique(MoverNotice, (notice) => notice.to),
  }),
  accounts: z.strictObject({
    idleSuspendMonths: sourced(Months),
    idleCancelMonths: sourced(Months),
    temporaryMaxDays: sourced(z.int().min(1).max(365)),
  }),
  recertification: z.strictObject({
    everyMonths: sourced(Months),
    answerWithinDays: sourced(z.int().min(1).max(90)),
    onSilence: sourced(z.enum(["lock", "remind"])),
  }),
  outsideAccounts: z.strictObject({ maxAge: sourced(Age) }),
  outsourcing: z.strictObject({
    agreementRequired: sourced(z.boolean()),
    checkEveryMonths: sourced(Months),
  }),
}
