import type { Text } from "../text/language.tsx"

/** The screens in the order of the day. */
export const PAGES = [
  { path: "/", name: { zh: "我的待辦", en: "My tasks" } },
  { path: "/deliveries", name: { zh: "資料檔案", en: "Deliveries" } },
  { path: "/register", name: { zh: "登記簿", en: "Register" } },
  { path: "/people", name: { zh: "人員與單位", en: "People and units" } },
  { path: "/ledger", name: { zh: "軌跡紀錄", en: "Ledger" } },
] as const satisfies readonly { readonly path: string; readonly name: Text }[]
