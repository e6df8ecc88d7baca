import {
  IconBook2,
  IconBriefcase,
  IconChecklist,
  IconFileDatabase,
  IconFingerprint,
  IconKey,
  IconSettings,
  IconUserShare,
  IconUsersGroup,
} from "@tabler/icons-react"
import type { ComponentType } from "react"
import { LEDGER_READERS } from "../../contract/ledger.ts"
import type { Role } from "../../kernel/actor.ts"
import { VENDOR_READERS } from "../../modules/vendors/contract.ts"
import type { Text } from "../text/language.tsx"

interface ListedPage {
  readonly path: string
  readonly name: Text
  readonly icon: ComponentType<{ size: number; stroke: number }>
  /** Whose screen it is; everybody's when left out. */
  readonly roles?: readonly Role[]
}

/** The screens in the order of the day. */
export const PAGES: readonly ListedPage[] = [
  { path: "/", name: { zh: "我的待辦", en: "My tasks" }, icon: IconChecklist },
  { path: "/deliveries", name: { zh: "資料檔案", en: "Deliveries" }, icon: IconFileDatabase },
  { path: "/register", name: { zh: "登記簿", en: "Register" }, icon: IconBook2 },
  { path: "/outside-accounts", name: { zh: "外部帳號", en: "Outside accounts" }, icon: IconKey },
  {
    path: "/vendors",
    name: { zh: "委外廠商", en: "Vendors" },
    icon: IconBriefcase,
    roles: VENDOR_READERS,
  },
  { path: "/people", name: { zh: "人員與單位", en: "People and units" }, icon: IconUsersGroup },
  { path: "/personnel-changes", name: { zh: "職務異動", en: "Changes of post" }, icon: IconUserShare },
  {
    path: "/ledger",
    name: { zh: "軌跡紀錄", en: "Ledger" },
    icon: IconFingerprint,
    roles: LEDGER_READERS,
  },
  { path: "/settings", name: { zh: "設定", en: "Settings" }, icon: IconSettings },
]
