import type { SessionStage } from "../../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Decision, type Fact } from "../../../kernel/decision.ts"
import { plusMs, type Instant } from "../../../kernel/time.ts"
import type { PolicyPack } from "../../../regulation/packs/schema.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import { passwordIsRenewedInTime } from "../credentials/policy.ts"
import type { Account } from "../model.ts"
import type { Place, Session } from "../sessions/model.ts"
import { accountFact } from "./accounts.ts"

/** Between looking at the password and opening the session it may have been replaced, or the account disabled. */
export const accountIsAsVerified = rule(
  "internal",
  (account: Account, version: number, lockout: PolicyPack["lockout"]) =>
    account.disabledAt === null && account.version === version ? null : signInFailed(lockout),
)

/** The one answer to every failure, whatever its cause. */
export function signInFailed({ failures, minutes }: PolicyPack["lockout"]) {
  return refuse("SIGN_IN_FAILED", { failures: failures.value, minutes: minutes.value })
}

/** No post, no access: whoever left cannot come back by their password. */
export const rightsStand = rule("5-4b", (holdsPosts: boolean) => (holdsPosts ? null : refuse("ACCESS_ENDED")))

/** What is owed before the session is full. */
export function stageOf(account: Account, pack: PolicyPack, now: Instant): SessionStage {
  return passwordIsRenewedInTime(account.passwordSetAt, pack.password, now) === null ? "full" : "password"
}

/** The account's other sessions end with a new one: a password that went round would show at once. */
export const oneSessionAnAccount = rule(
  "5-3b",
  (live: readonly Session[], { onePerAccount }: PolicyPack["session"]) =>
    onePerAccount.value && live.length > 0 ? refuse("SESSION_REPLACED") : null,
)

/** A session seen so shortly before is still in somebody's hands. */
const IN_USE_MS = 2 * 60_000

/** One person is not at two browsers in two places at once: the password is in other hands too. */
export const nobodyElseUsesIt = rule(
  "5-3c",
  (live: readonly Session[], { device, address }: Place, now: Instant) =>
    live.some(
      (one) =>
        one.lastSeenAt > plusMs(now, -IN_USE_MS) && !one.device.equals(device) && one.address !== address,
    )
      ? refuse("SESSION_REPLACED")
      : null,
)

export interface Opening {
  readonly account: Account
  /** Of the account whose password was found right. */
  readonly version: number
  readonly holdsPosts: boolean
  readonly live: readonly Session[]
  readonly place: Place
  readonly isNewDevice: boolean
  readonly failedBefore: number
}

export interface Opened {
  readonly account: Account
  readonly stage: SessionStage
  /** The account's other sessions that end with it (5-3b). */
  readonly replaced: readonly string[]
}

export function decideOpenSession(
  { account, version, holdsPosts, live, place, isNewDevice, failedBefore }: Opening,
  { pack, now }: { readonly pack: PolicyPack; readonly now: Instant },
): Decision<Opened> {
  return decideUnless(
    gather(accountIsAsVerified(account, version, pack.lockout), rightsStand(holdsPosts)),
    () => {
      const stage = stageOf(account, pack, now)
      const replaced = oneSessionAnAccount(live, pack.session) === null ? [] : live.map(({ id }) => id)
      const { address, agent } = place
      const from = { address, agent, newDevice: isNewDevice, failedBefore, stage }
      const facts: Fact[] = [accountFact("signed-in", account, { ...from, replaced: replaced.length })]
      if (nobodyElseUsesIt(live, place, now) !== null) {
        const others = live.map((one) => ({ address: one.address, agent: one.agent }))
        facts.push(accountFact("simultaneous-use", account, { address, agent, others }, ["5-3b", "5-3c"]))
      }
      return accepted({ account, stage, replaced }, ...facts)
    },
  )
}
