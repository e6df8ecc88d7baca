import type { SettingsView } from "../../../contract/settings.ts"
import type { Say, Text } from "../../text/language.tsx"
import { ROLE_NAMES } from "../../text/terms.ts"
import { kindText } from "../handover/words.ts"

type Pack = SettingsView["pack"]

export interface Parameter {
  readonly name: Text
  readonly value: string
  readonly source: string
}

const NAMES = {
  maxAge: { zh: "密碼更新期限", en: "Passwords are renewed" },
  minLength: { zh: "密碼長度", en: "Length of a password" },
  classes: { zh: "密碼字元種類", en: "Kinds of characters" },
  history: { zh: "不得沿用之密碼", en: "Former passwords not taken" },
  failures: { zh: "登入失敗鎖定", en: "Failures that lock" },
  lockMinutes: { zh: "鎖定時間", en: "Locked for" },
  idle: { zh: "閒置登出", en: "Signed out when idle" },
  longest: { zh: "登入時間上限", en: "Longest session" },
  onePerAccount: { zh: "同一帳號登入數", en: "Sessions an account" },
  idleMonths: { zh: "久未使用帳號停用", en: "Idle accounts are disabled" },
  outsideAge: { zh: "外部帳號密碼更新期限", en: "Passwords outside are renewed" },
  checks: { zh: "委外廠商定期查核", en: "Vendors are checked" },
  kinds: { zh: "職務異動種類", en: "Kinds of change of post" },
  noticeFrom: { zh: "職務異動知會義務人", en: "Who tells of a change of post" },
} as const satisfies Record<string, Text>

const OFFICES = {
  "it-office": { zh: "職務異動知會資訊室", en: "The IT office is told" },
  "ethics-office": { zh: "職務異動知會政風室", en: "The ethics office is told" },
  provider: { zh: "職務異動知會提供機關", en: "The provider is told" },
} as const satisfies Record<Pack["movers"]["notices"][number]["to"], Text>

const VALUES = {
  month: { zh: "每 {count} 個月", en: "every {count} months" },
  day: { zh: "每 {count} 日", en: "every {count} days" },
  characters: { zh: "至少 {count} 個字元", en: "at least {count} characters" },
  kinds: { zh: "至少 {count} 種", en: "at least {count} kinds" },
  last: { zh: "最近 {count} 次", en: "the last {count}" },
  times: { zh: "連續 {count} 次", en: "{count} in a row" },
  minutes: { zh: "{count} 分鐘", en: "{count} minutes" },
  one: { zh: "一處，先登入者隨即結束", en: "one; the older one ends" },
  many: { zh: "不限", en: "any number" },
  unused: { zh: "逾 {count} 個月未使用", en: "after {count} months" },
  after: { zh: "異動後 {count} 日內", en: "within {count} days after" },
  before: { zh: "異動 {count} 日前", en: "{count} days before" },
  working: { zh: "（工作日）", en: " (working days)" },
} as const satisfies Record<string, Text>

/** The pack's parameters about people, in the order of points 5-3, 5-4 and 5-8. */
export function peopleParameters(pack: Pack, say: Say): Parameter[] {
  return [...credentialParameters(pack, say), ...moverParameters(pack, say), ...outsideParameters(pack, say)]
}

function counted(say: Say, value: keyof typeof VALUES) {
  return ({ value: count, source }: { readonly value: number; readonly source: string }) => ({
    value: say(VALUES[value], { count }),
    source,
  })
}

function aged(say: Say, { value, source }: Pack["password"]["maxAge"]) {
  return { value: say(VALUES[value.unit], { count: value.count }), source }
}

function credentialParameters({ password, lockout, session, accounts }: Pack, say: Say): Parameter[] {
  const { onePerAccount } = session
  return [
    { name: NAMES.maxAge, ...aged(say, password.maxAge) },
    { name: NAMES.minLength, ...counted(say, "characters")(password.minLength) },
    { name: NAMES.classes, ...counted(say, "kinds")(password.classes) },
    { name: NAMES.history, ...counted(say, "last")(password.history) },
    { name: NAMES.failures, ...counted(say, "times")(lockout.failures) },
    { name: NAMES.lockMinutes, ...counted(say, "minutes")(lockout.minutes) },
    { name: NAMES.idle, ...counted(say, "minutes")(session.idleMinutes) },
    { name: NAMES.longest, ...counted(say, "minutes")(session.maxMinutes) },
    {
      name: NAMES.onePerAccount,
      value: say(onePerAccount.value ? VALUES.one : VALUES.many),
      source: onePerAccount.source,
    },
    { name: NAMES.idleMonths, ...counted(say, "unused")(accounts.idleMonths) },
  ]
}

function moverParameters({ movers }: Pack, say: Say): Parameter[] {
  const { kinds, noticeFrom, notices } = movers
  return [
    {
      name: NAMES.kinds,
      value: kinds.value.map((kind) => say(kindText(kind))).join("、"),
      source: kinds.source,
    },
    { name: NAMES.noticeFrom, value: say(ROLE_NAMES[noticeFrom.value]), source: noticeFrom.source },
    ...notices.map(({ to, days, direction, basis, source }) => ({
      name: OFFICES[to],
      value: say(VALUES[direction], { count: days }) + (basis === "working" ? say(VALUES.working) : ""),
      source,
    })),
  ]
}

function outsideParameters({ outsideAccounts, outsourcing }: Pack, say: Say): Parameter[] {
  return [
    { name: NAMES.outsideAge, ...aged(say, outsideAccounts.maxAge) },
    { name: NAMES.checks, ...counted(say, "month")(outsourcing.checkEveryMonths) },
  ]
}
