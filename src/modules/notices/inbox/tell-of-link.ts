import type { PersonId } from "../../../kernel/ids.ts"
import { when } from "../../../runtime/index.ts"
import { addInboxItem } from "./add-item.ts"

/** Whoever holds a link to set a password can become its owner, so that the owner and 政風室 are told of each. */
export const passwordLinkTold = when("password-link-issued", async (tx, fact, context) => {
  const { about, refs } = fact
  const common = { kind: "password-link-issued", duty: null, about } as const
  const once = `password-link-issued:${about.id}:${context.now}`
  const toOwner = await addInboxItem(tx, context, {
    ...common,
    title: "您的帳號經核發設定密碼之連結；如非您所請求，請即通知政風室",
    link: "/",
    audience: { person: refs?.["person"] as PersonId },
    once: `${once}:owner`,
  })
  const toEthics = await addInboxItem(tx, context, {
    ...common,
    title: "系統管理者核發設定密碼之連結，請查明是否為帳號本人所請求",
    link: "/ledger",
    audience: { roles: ["ethics-officer"], unit: null },
    once,
  })
  return [...toOwner, ...toEthics]
})
