import type { AccountId } from "../../../kernel/ids.ts"
import { plusMs, type Instant } from "../../../kernel/time.ts"
import type { Tx } from "../../../platform/db/tx.ts"
import { queueMail } from "../../../platform/mail/index.ts"
import type { Command, Runtime } from "../../../runtime/index.ts"
import { LINK_MS, type Account } from "../model.ts"
import { tokenHashOf } from "../credentials/passwords.ts"
import { decideIssueLink } from "../rules/accounts.ts"
import { deleteUnusedLinks, insertLink, loadAccount } from "../store.ts"

interface Issuing {
  readonly account: AccountId
  readonly token: string
  /** Whether it goes to the person's mailbox and to nobody else. */
  readonly mailed: boolean
}

/** The demonstration's mailboxes are nobody's, so that its links are shown. */
export function mailsLinks({ mailIsSent, demo }: Runtime): boolean {
  return mailIsSent && !demo
}

/** The token travels in the fragment, which browsers do not send, so that no log of any server holds it. */
export function pathOf(token: string): string {
  return `/set-password#${token}`
}

/** A one-time link to set the password; links issued earlier stop working. */
export const issueLink: Command<Issuing, Account, Issuing & Pick<Account, "person">> = {
  name: "issue-password-link",
  load: (tx, { account }) => loadAccount(tx, account),
  decide: (account, issuing, deciding) => {
    const decision = decideIssueLink(account, issuing, deciding)
    return decision.ok ? { ...decision, next: { ...issuing, person: account.person } } : decision
  },
  save: async (tx, { account, person, token, mailed }, { now, runtime }) => {
    await deleteUnusedLinks(tx, account)
    const link = { kind: "set-password", account, expiresAt: plusMs(now, LINK_MS), usedAt: null } as const
    await insertLink(tx, runtime.keyring, tokenHashOf(token), link, now)
    if (mailed) await mailLink(tx, person, token, now)
  },
}

async function mailLink(tx: Tx, person: string, token: string, now: Instant): Promise<void> {
  const { email } = await tx
    .selectFrom("people_v_actor")
    .select("email")
    .where("person", "=", person)
    .executeTakeFirstOrThrow()
  const body = [
    "系統管理者核發設定密碼之連結，二十四小時內有效，僅得使用一次；先前之連結失效。",
    "如非您所請求，請勿使用，並即通知政風室。",
  ].join("\n")
  const idempotencyKey = `password-link:${tokenHashOf(token).toString("hex")}`
  const draft = {
    kind: "password-link",
    to: email ?? "",
    subject: "【戶守】設定密碼之連結",
    body,
    idempotencyKey,
  }
  await queueMail(tx, { ...draft, link: pathOf(token), secretLink: true }, now)
}
