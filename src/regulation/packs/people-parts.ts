import { z } from "zod"
import { ROLES } from "../../kernel/actor.ts"
import { Source, sourced, unique } from "./sourced.ts"

const Count = z.int().positive()
const Months = z.int().min(1).max(120)

/** How long a password or its evidence may stand (5-3a, A-05). */
const Age = z.strictObject({ count: Count, unit: z.enum(["month", "day"]) })

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

const MoverNotice = z
  .strictObject({
    to: z.enum(["it-office", "ethics-office", "provider"]),
    days: z.int().min(1).max(60),
    direction: z.enum(["after", "before"]),
    basis: z.enum(["calendar", "working"]),
    source: Source,
  })
  .refine(({ direction, basis }) => direction === "after" || basis === "calendar", {
    error: "早於生效日之期限僅得以日曆天計 (only calendar days may run backwards)",
  })

/** The parameters about people: credentials, sessions, changes of post, idle accounts, vendors. */
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
  movers: z.strictObject({
    kinds: sourced(unique(z.enum(MOVER_KINDS), String)),
    /** Who owes the notices: the head of the unit that the person leaves. */
    noticeFrom: sourced(z.enum(ROLES)),
    notices: unique(MoverNotice, (notice) => notice.to),
  }),
  accounts: z.strictObject({
    /** Unused for so long, an account is disabled until somebody enables it again. */
    idleMonths: sourced(Months),
  }),
  outsideAccounts: z.strictObject({ maxAge: sourced(Age) }),
  outsourcing: z.strictObject({
    checkEveryMonths: sourced(Months),
  }),
}
