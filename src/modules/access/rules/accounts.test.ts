import { describe, expect, test } from "vitest"
import { actorOf, ago, handler, NOW } from "../../../../tests/support/deliveries.ts"
import type { Actor } from "../../../kernel/actor.ts"
import type { Decision } from "../../../kernel/decision.ts"
import type { AccountId, PersonId } from "../../../kernel/ids.ts"
import { plusMs } from "../../../kernel/time.ts"
import type { Account } from "../model.ts"
import {
  decideCreateAccount,
  decideDisableAccount,
  decideEnableAccount,
  decideIssueLink,
  decideSetPassword,
  linkIsGood,
  verifiedStill,
} from "./accounts.ts"

const SYSTEM: Actor = { kind: "system", job: "setup" }
const NEW = { id: "account-1" as AccountId, person: "person-1" as PersonId, loginName: "wang" }
const FREE = { personExists: true, hasAccount: false, loginNameTaken: false }

describe("a password", () => {
  test("leaves no trace of itself in the facts", () => {
    const created = decideCreateAccount(FREE, NEW, { actor: SYSTEM, now: NOW })
    if (!created.ok) throw new Error("it was refused")
    const set = decideSetPassword(created.next, "$argon2id$secret", { actor: SYSTEM, now: NOW })
    expect(set).toMatchObject({ ok: true, next: { passwordSetAt: NOW, version: 2 } })
    expect(JSON.stringify(set.ok && set.facts)).not.toContain("argon2id")
  })
})

test("a password is set only for the account it was held against", () => {
  const created = decideCreateAccount(FREE, NEW, { actor: SYSTEM, now: NOW })
  if (!created.ok) throw new Error("it was refused")
  expect(verifiedStill(created.next, created.next.version)).toBeNull()
  for (const version of [created.next.version + 1, null])
    expect(verifiedStill(created.next, version)?.code).toBe("CHANGED_MEANWHILE")
})

test("a one-time link works once, and only until it ends", () => {
  const expiresAt = plusMs(NOW, 1)
  expect(linkIsGood({ expiresAt, usedAt: null }, NOW)).toBeNull()
  for (const link of [null, { expiresAt: NOW, usedAt: null }, { expiresAt, usedAt: ago(1) }])
    expect(linkIsGood(link, NOW)?.code).toBe("LINK_NOT_VALID")
})

test("an account belongs to a known person, under a free name, made by the administrator", () => {
  const codes = (around: typeof FREE, actor: Actor) => {
    const decision = decideCreateAccount(around, NEW, { actor, now: NOW })
    return decision.ok ? [] : decision.refusals.map(({ code }) => code)
  }
  expect(codes(FREE, SYSTEM)).toEqual([])
  expect(codes({ ...FREE, personExists: false }, SYSTEM)).toEqual(["NOT_FOUND"])
  expect(codes({ ...FREE, hasAccount: true }, SYSTEM)).toEqual(["PERSON_HAS_ACCOUNT"])
  expect(codes({ ...FREE, loginNameTaken: true }, SYSTEM)).toEqual(["LOGIN_NAME_TAKEN"])
  expect(codes(FREE, actorOf(handler))).toEqual(["NOT_PERMITTED"])
})

describe("an account in use or disabled", () => {
  const IN_USE: Account = {
    ...NEW,
    ...{
      passwordHash: "$argon2id$",
      passwordSetAt: NOW,
      disabledAt: null,
      inUseSince: NOW,
      version: 3,
      createdAt: NOW,
    },
  }
  const DISABLED: Account = { ...IN_USE, disabledAt: NOW }
  const codes = (decision: Decision<Account>) =>
    decision.ok ? decision.facts.map(({ kind }) => kind) : decision.refusals.map(({ code }) => code)
  const disable = (account: Account, isLastAdministrator: boolean, actor: Actor = SYSTEM) =>
    decideDisableAccount(
      { account, isLastAdministrator, sessions: 2 },
      { reason: "離職" },
      { actor, now: NOW },
    )

  test("is disabled with its sessions, unless nobody could administer any more", () => {
    const disabled = disable(IN_USE, false)
    expect(disabled).toMatchObject({ ok: true, next: { disabledAt: NOW, version: 4 } })
    expect(disabled).toMatchObject({ facts: [{ payload: { reason: "離職", sessionsEnded: 2 } }] })
    expect(codes(disable(IN_USE, true))).toEqual(["LAST_ADMINISTRATOR"])
    expect(codes(disable(DISABLED, false))).toEqual(["ACCOUNT_DISABLED"])
  })

  test("is enabled only after it was disabled, and keeps its password", () => {
    const enabled = decideEnableAccount(DISABLED, { actor: SYSTEM, now: NOW })
    expect(enabled).toMatchObject({ ok: true, next: { ...IN_USE, version: 4 } })
    expect(codes(decideEnableAccount(IN_USE, { actor: SYSTEM, now: NOW }))).toEqual(["NOT_IN_THIS_STATE"])
  })

  test("is given a new link only while it is in use", () => {
    expect(codes(decideIssueLink(IN_USE, { mailed: true }, { actor: SYSTEM, now: NOW }))).toEqual([
      "password-link-issued",
    ])
    expect(codes(decideIssueLink(DISABLED, { mailed: true }, { actor: SYSTEM, now: NOW }))).toEqual([
      "ACCOUNT_DISABLED",
    ])
  })

  test("is the administrator's to change", () => {
    const deciding = { actor: actorOf(handler), now: NOW }
    const attempts = [
      disable(IN_USE, false, deciding.actor),
      decideEnableAccount(DISABLED, deciding),
      decideIssueLink(IN_USE, { mailed: true }, deciding),
    ]
    for (const attempt of attempts) expect(codes(attempt)).toEqual(["NOT_PERMITTED"])
  })
})
