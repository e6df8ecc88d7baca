import {
  IconBook2,
  IconChecklist,
  IconFileDatabase,
  IconFingerprint,
  IconSettings,
  IconUsersGroup,
} from "@tabler/icons-react"
import type { ComponentType } from "react"
import type { Text } from "../text/language.tsx"

interface ListedPage {
  readonly path: string
  readonly name: Text
  readonly icon: ComponentType<{ size: number; stroke: number }>
}

/** The screens in the order of the day. */
export const PAGES = [
  { path: "/", name: { zh: "我的待辦", en: "My tasks" }, icon: IconChecklist },
  { path: "/deliveries", name: { zh: "資料檔案", en: "Deliveries" }, icon: IconFileDatabase },
  { path: "/register", name: { zh: "登記簿", en: "Register" }, icon: IconBook2 },
  { path: "/people", name: { zh: "人員與單位", en: "People and units" }, icon: IconUsersGroup },
  { path: "/ledger", name: { zh: "軌跡紀錄", en: "Ledger" }, icon: IconFingerprint },
  { path: "/settings", name: { zh: "設定", en: "Settings" }, icon: IconSettings },
] as const satisfies readonly ListedPage[]
