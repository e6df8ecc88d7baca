/** One atomic duty of the regulation; the text stands in `docs/regulation`. */
export interface Duty {
  /** `software`: a rule in code and a test carry the id. `organisational`: people keep it, and `why` says how. */
  readonly kind: "software" | "organisational"
  /** How a refusal cites it, such as 第五點第（五）款. */
  readonly point: string
  /** The gist of the duty in Chinese. */
  readonly zh: string
  /** The stage (1 to 6) of building that first keeps it; later stages may widen it. */
  readonly issue: 1 | 2 | 3 | 4 | 5 | 6
  readonly why?: string
}

const software = <Point extends string>(issue: Duty["issue"], point: Point, zh: string) =>
  ({ kind: "software", point, zh, issue }) as const

export const DUTIES = {
  "1-1": software(3, "第一點", "訂定依據：各項管制均載明其法規依據"),
  "2-1": software(2, "第二點", "本局暨所屬健康服務中心之查詢、使用均依本要點辦理"),
  "3-1": {
    kind: "organisational",
    point: "第三點第（一）款",
    zh: "確保個人隱私，防止不當使用及人為疏失、舞弊、洩漏及破壞",
    issue: 1,
    why: "規範目的；由其餘各點之管制共同達成，並於教育訓練時宣導",
  },
  "3-2": {
    kind: "organisational",
    point: "第三點第（二）款",
    zh: "建立制度化及標準化之作業程序",
    issue: 1,
    why: "各連結方式之標準作業程序載於 docs/guide，由業務單位依其辦理",
  },
  "4-1": software(1, "第四點", "戶役政資料含各縣市民政局（處）及內政部之資料"),
  "4-2a": software(3, "第四點", "完成申請程序後，始得連結使用"),
  "4-2b": software(3, "第四點", "連結測試通過後，始得連結使用"),
  "4-2c": software(1, "第四點", "僅得以線上查詢、檔案傳輸、磁性媒體交換方式取得"),

  "5-1a": software(3, "第五點第（一）款", "申請以承辦業務範圍內為限"),
  "5-1b": software(3, "第五點第（一）款", "有助於承辦業務目的之達成"),
  "5-1c": software(3, "第五點第（一）款", "以有使用之必要為限"),
  "5-2a": software(3, "第五點第（二）款", "申請應先簽會資訊室"),
  "5-2b": software(3, "第五點第（二）款", "申請應先簽會政風室"),
  "5-2c": software(3, "第五點第（二）款", "經局長核准始得為之"),
  "5-3a": software(2, "第五點第（三）款", "使用者密碼每三個月更新一次"),
  "5-3b": software(2, "第五點第（三）款", "不得將密碼告知他人"),
  "5-3c": software(2, "第五點第（三）款", "不得將密碼轉借他人使用"),
  "5-4a": software(2, "第五點第（四）款", "連結作業權限人員異動或離（休）職時變更權限"),
  "5-4b": software(2, "第五點第（四）款", "資料查詢、使用權限人員異動或離（休）職時變更權限"),
  "5-4c": software(2, "第五點第（四）款", "異動後五日內知會資訊室"),
  "5-4d": software(2, "第五點第（四）款", "異動後五日內知會政風室"),
  "5-5a": software(1, "第五點第（五）款", "應設專人"),
  "5-5b": software(1, "第五點第（五）款", "應專案管理"),
  "5-5c": software(1, "第五點第（五）款", "須立簿登記，載明十欄資訊"),
  "5-5d": software(5, "第五點第（五）款", "登記簿至少保留一年以上"),
  "5-5e": software(5, "第五點第（五）款", "經單位主管核准後始得銷毀"),
  "5-6a": software(5, "第五點第（六）款", "移送過程須加密，親自遞交除外"),
  "5-6b": software(5, "第五點第（六）款", "密碼及資料分開寄送"),
  "5-7a": software(5, "第五點第（七）款", "資料檔案應妥善保護"),
  "5-7b": software(5, "第五點第（七）款", "可攜式電腦媒體應妥覓儲置地點"),
  "5-7c": software(5, "第五點第（七）款", "使用完竣或附卷後簽報單位主管核定"),
  "5-7d": software(5, "第五點第（七）款", "核定後消磁或銷燬"),
  "5-7e": software(5, "第五點第（七）款", "銷燬後副知資訊室及政風室"),
  "5-8a": software(2, "第五點第（八）款", "使用單位與委外廠商簽訂保密措施"),
  "5-9a": software(6, "第五點第（九）款", "資訊稽核小組由資訊室及政風室派員組成"),
  "5-9b": software(6, "第五點第（九）款", "各單位應配合提供查核資料"),
  "5-10a": software(6, "第五點第（十）款", "每半年核對查詢資料與承辦案件一次"),
  "5-10b": software(6, "第五點第（十）款", "線上查詢每月至少無預警稽核一次"),
  "5-10c": software(6, "第五點第（十）款", "異常情形經查明後陳報機關首長"),
  "5-10d": software(6, "第五點第（十）款", "系統使用情形統計表至少保留三年"),
  "5-11a": software(6, "第五點第（十一）款第1目", "違反法令致權益受損者簽報懲處及負法律責任"),
  "5-11b": software(6, "第五點第（十一）款第2目", "經限期改進仍未改進者簽報懲處"),
  "5-11c": software(6, "第五點第（十一）款", "得通知提供機關終止連結作業"),

  "6-1a": software(1, "第六點第（一）款", "承辦人以書面或電子郵件通知資訊室下載"),
  "6-1b": software(1, "第六點第（一）款", "由資訊室進行下載作業"),
  "6-1c": software(1, "第六點第（一）款", "下載完成後資訊室以書面或電子郵件通知承辦人"),
  "6-2a": software(1, "第六點第（二）款", "承辦人應填具登記表"),
  "6-2b": software(1, "第六點第（二）款", "資訊室承辦人於登記表上蓋職章"),
  "6-2c": software(1, "第六點第（二）款", "權責人員蓋職章並註記日期"),
  "6-2d": software(1, "第六點第（二）款", "兩職章齊備，資訊室始得提供資料"),
  "6-3a": software(1, "第六點第（三）款", "存取後應進行申請資料筆數之比對"),
  "6-3b": software(1, "第六點第（三）款", "比對結果紀錄於比對狀況欄"),
  "6-4a": software(5, "第六點第（四）款", "下載完成且比對無誤，始得轉供健康服務中心"),
  "6-4b": software(5, "第六點第（四）款", "以媒體轉供者依第五點第六款遞送"),
  "6-5a": software(5, "第六點第（五）款", "健康服務中心使用完成後十日內銷毀"),
  "6-5b": software(5, "第六點第（五）款", "銷毀後函報本局備查"),
} as const satisfies Readonly<Record<string, Duty>>
export type DutyId = keyof typeof DUTIES

/** All duty ids in the regulation's order. */
export const DUTY_IDS = Object.keys(DUTIES) as readonly DutyId[]
