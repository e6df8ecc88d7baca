import { holds, type Actor } from "../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Decision, type Fact } from "../../kernel/decision.ts"
import type { AccountId, PersonId } from "../../kernel/ids.ts"
import type { Instant } from "../../kernel/time.ts"
import { refuse, rule } from "../../regulation/rule.ts"
import { PASSWORD_MIN_LENGTH, type Account } from "./model.ts"

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

export const passwordIsStrong = rule("internal", (password: string, loginName: string) =>
  [...password].length >= PASSWORD_MIN_LENGTH && !password.toLowerCase().includes(loginName.toLowerCase())
    ? null
    : refuse("PASSWORD_TOO_WEAK", { min: PASSWORD_MIN_LENGTH }),
)

/** Between looking at the password and opening the session it may have been replaced, or the account disabled. */
export const accountIsAsVerified = rule("internal", (account: Account, version: number) =>
  account.disabledAt === null && account.version === version ? null : refuse("SIGN_IN_FAILED"),
)

export function decideOpenSession(account: Account, version: number): Decision<Account> {
  return decideUnless(gather(accountIsAsVerified(account, version)), () =>
    accepted(account, accountFact("signed-in", account, {})),
  )
}

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

export function decideEnableAccount(account: Account, { actor }: Deciding): Decision<Account> {
  return decideUnless(gather(administratorsOnly(actor), accountIsDisabled(account)), () => {
    const next = { ...account, disabledAt: null, version: account.version + 1 }
    return accepted(next, accountFact("account-enabled", next, {}))
  })
}

export function accountFact(kind: string, account: Account, payload: Fact["payload"]): Fact {
  return {
    kind,
    duties: ["5-3a"],
    about: { type: "account", id: account.id },
    refs: { person: account.person },
    retention: "account",
    payload,
  }
}
