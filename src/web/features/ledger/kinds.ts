import type { Text } from "../../text/language.tsx"

/** What the ledger's kinds of fact are called; a kind without a name here shows its code. */
const KINDS: Readonly<Record<string, Text>> = {
  "provider-notice-recorded": { zh: "登錄提供機關通知", en: "Provider's notice recorded" },
  "download-notice-prepared": { zh: "備妥下載通知", en: "Download notice prepared" },
  "download-requested": { zh: "已通知資訊室下載", en: "IT notified" },
  "file-downloaded": { zh: "資訊室下載完成", en: "File downloaded" },
  "file-counted": { zh: "重新計數", en: "File counted again" },
  "ready-notice-prepared": { zh: "備妥存取通知", en: "Access notice prepared" },
  "register-filled": { zh: "填具登記表", en: "Register filled" },
  "register-revised": { zh: "變更登記表，職章失效", en: "Register revised, stamps void" },
  "register-stamped": { zh: "登記表核章", en: "Register stamped" },
  "register-entry-voided": { zh: "登記表作廢", en: "Entry voided" },
  "delivery-released": { zh: "資訊室提供資料", en: "Released" },
  "file-opened": { zh: "開啟資料檔案", en: "File opened" },
  "file-cut-off": { zh: "資料檔案未全部送出", en: "File cut off" },
  "counts-compared": { zh: "比對筆數", en: "Counts compared" },
  "comparison-confirmed": { zh: "主管確認比對狀況", en: "Comparison confirmed" },
  "counts-disputed": { zh: "向提供機關提出疑義", en: "Counts disputed" },
  "correction-proposed": { zh: "提出更正", en: "Correction proposed" },
  "correction-confirmed": { zh: "確認更正", en: "Correction confirmed" },
  "correction-made": { zh: "更正成立", en: "Correction made" },
  "delivery-lapsed": { zh: "撤回或逾期未取", en: "Lapsed" },
  "project-created": { zh: "成立專案", en: "Project created" },
  "custodian-appointed": { zh: "指定專人", en: "Custodian appointed" },
  "notice-queued": { zh: "通知待寄", en: "Notice queued" },
  "notice-accepted": { zh: "通知郵件已由伺服器收受", en: "Notice accepted by a mail server" },
  "notice-given-on-paper": { zh: "書面通知已送達", en: "Notice given on paper" },
  "notice-failed": { zh: "通知未送達", en: "Notice failed" },
  "attempt-refused": { zh: "拒絕之作業", en: "Attempt refused" },
  "anonymous-attempts-refused": { zh: "未登入之拒絕作業（彙計）", en: "Anonymous attempts refused" },
  "signed-in": { zh: "登入", en: "Signed in" },
  "signed-out": { zh: "登出", en: "Signed out" },
  "password-set": { zh: "設定密碼", en: "Password set" },
  "account-created": { zh: "建立帳號", en: "Account created" },
  "person-created": { zh: "新增人員", en: "Person created" },
  "unit-created": { zh: "新增單位", en: "Unit created" },
  "provider-created": { zh: "新增提供機關", en: "Provider created" },
  "provider-connector-set": { zh: "登錄提供機關主機", en: "Connector set" },
  "linkage-transcribed": { zh: "轉錄連結作業", en: "Linkage transcribed" },
  "ledger-read": { zh: "閱覽軌跡紀錄", en: "Ledger read" },
  "finding-raised": { zh: "列為缺失", en: "Finding raised" },
}

export function kindName(kind: string): Text {
  return KINDS[kind] ?? { zh: kind, en: kind }
}
