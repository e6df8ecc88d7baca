import { holds, type Actor } from "../../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Decision, type Fact } from "../../../kernel/decision.ts"
import type { AccountId, PersonId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import type { DutyId } from "../../../regulation/duties.ts"
import type { Account } from "../model.ts"

interface Deciding {
  readonly actor: Actor
  readonly now: Instant
}

export const administratorsOnly = rule("internal", (actor: Actor) =>
  holds(actor, "administrator") || actor.kind === "system" ? null : refuse("NOT_PERMITTED"),
)

export const loginNameIsFree = rule("internal", (taken: boolean) =>
  taken ? refuse("LOGIN_NAME_TAKEN") : null,
)

export const onlyOneAccountEach = rule("internal", (hasAccount: boolean) =>
  hasAccount ? refuse("PERSON_HAS_ACCOUNT") : null,
)

export const accountIsInUse = rule("internal", (account: Account) =>
  account.disabledAt === null ? null : refuse("ACCOUNT_DISABLED"),
)

export const accountIsDisabled = rule("internal", (account: Account) =>
  account.disabledAt === null ? refuse("NOT_IN_THIS_STATE") : null,
)

export const oneAdministratorRemains = rule("internal", (isLastAdministrator: boolean) =>
  isLastAdministrator ? refuse("LAST_ADMINISTRATOR") : null,
)

export const linkIsGood = rule(
  "internal",
  (link: { expiresAt: Instant; usedAt: Instant | null } | null, now: Instant) =>
    link !== null && link.usedAt === null && link.expiresAt > now ? null : refuse("LINK_NOT_VALID"),
)

/** A password was held against the account as it was then; a change that came between starts anew. */
export const verifiedStill = rule("internal", (account: Account, version: number | null) =>
  account.version === version ? null : refuse("CHANGED_MEANWHILE"),
)

export function decideCreateAccount(
  around: { readonly personExists: boolean; readonly hasAccount: boolean; readonly loginNameTaken: boolean },
  account: { readonly id: AccountId; readonly person: PersonId; readonly loginName: string },
  { actor, now }: Deciding,
): Decision<Account> {
  const exists = around.personExists ? null : refuse("NOT_FOUND")
  return decideUnless(
    gather(
      administratorsOnly(actor),
      exists,
      onlyOneAccountEach(around.hasAccount),
      loginNameIsFree(around.loginNameTaken),
    ),
    () => {
      const next: Account = {
        ...account,
        passwordHash: null,
        passwordSetAt: null,
        disabledAt: null,
        inUseSince: now,
        version: 1,
        createdAt: now,
      }
      return accepted(next, accountFact("account-created", next, { loginName: next.loginName }))
    },
  )
}

export function decideSetPassword(
  account: Account,
  passwordHash: string,
  { now }: Deciding,
): Decision<Account> {
  const next = { ...account, passwordHash, passwordSetAt: now, version: account.version + 1 }
  return accepted(next, accountFact("password-set", next, {}))
}

/** A link by which the person sets a password, the first one or a new one. */
export function decideIssueLink(
  account: Account,
  { mailed }: { readonly mailed: boolean },
  { actor }: Deciding,
): Decision<Account> {
  return decideUnless(gather(administratorsOnly(actor), accountIsInUse(account)), () =>
    accepted(account, accountFact("password-link-issued", account, { way: mailed ? "mailed" : "shown" })),
  )
}

export function decideDisableAccount(
  around: {
    readonly account: Account
    readonly isLastAdministrator: boolean
    /** How many sessions end with it. */
    readonly sessions: number
  },
  { reason }: { readonly reason: string },
  { actor, now }: Deciding,
): Decision<Account> {
  const { account, isLastAdministrator, sessions } = around
  const broken = gather(
    administratorsOnly(actor),
    accountIsInUse(account),
    oneAdministratorRemains(isLastAdministrator),
  )
  return decideUnless(broken, () => {
    const next = { ...account, disabledAt: now, version: account.version + 1 }
    return accepted(next, accountFact("account-disabled", next, { reason, sessionsEnded: sessions }))
  })
}

export function decideEnableAccount(account: Account, { actor, now }: Deciding): Decision<Account> {
  return decideUnless(gather(administratorsOnly(actor), accountIsDisabled(account)), () => {
    const next = { ...account, disabledAt: null, inUseSince: now, version: account.version + 1 }
    return accepted(next, accountFact("account-enabled", next, {}))
  })
}

export function accountFact(
  kind: string,
  account: Account,
  payload: Fact["payload"],
  duties: readonly DutyId[] = ["5-3a"],
): Fact {
  return {
    kind,
    duties,
    about: { type: "account", id: account.id },
    refs: { person: account.person },
    retention: "account",
    payload,
  }
}
