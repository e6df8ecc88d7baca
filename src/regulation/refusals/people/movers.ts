import type { RefusalTable } from "../kinds.ts"

/** Change of post and leaving (5-4). */
export const MOVERS = {
  CHANGE_BY_UNIT_HEAD: {
    source: "internal",
    kind: "forbidden",
    zh: "此事項由異動人員原單位之主管或其職務代理人辦理；主管出缺者，由上級單位主管辦理。",
    en: "The head of the unit that the person leaves does this, or who stands in for them; the head above while there is none.",
  },
  CHANGE_CLOSED: {
    source: "internal",
    kind: "conflict",
    zh: "此職務異動已結案，不得再變更。",
    en: "This change is closed; nothing of it changes any more.",
  },
  CHANGE_NOT_IN_FORCE: {
    source: "internal",
    kind: "conflict",
    zh: "生效日尚未屆至；移交清冊於生效時列冊，屆時再行點收。",
    en: "The change has not taken effect. What is handed over is listed at that moment; accept it then.",
  },
  CHANGE_KIND_UNKNOWN: {
    source: "internal",
    kind: "invalid",
    zh: "政策包未列此異動種類，請另選種類；資料未變更。",
    en: "The policy pack has no such kind of change. Choose another; nothing was changed.",
  },
  ORDER_DATES_WRONG: {
    source: "internal",
    kind: "invalid",
    zh: "生效日不得晚於權限終止之日，派令到達日不得晚於今日；請更正日期。",
    en: "The effective day cannot lie after the rights' end, nor the order's arrival in the future. Correct the dates.",
  },
  SUCCESSOR_IS_THE_SAME: {
    source: "internal",
    kind: "invalid",
    zh: "接任人員不得為異動人員本人，請另選接任人員。",
    en: "Nobody succeeds themselves. Choose another successor.",
  },
  SUCCESSOR_NOT_IN_UNIT: {
    source: "internal",
    kind: "conflict",
    zh: "點收人現非該單位承辦人員或主管，不得接辦其戶役政資料；請先派任職務，或由單位主管另指定接任人員。",
    en: "Whoever accepts does not serve in that unit, so cannot take over its data. Post them there first, or name another successor.",
  },
  CHANGE_INCOMPLETE: {
    source: "internal",
    kind: "conflict",
    zh: "尚未補登異動種類及派令資料，請先補登。",
    en: "The kind of change and its order are not stated yet. State them first.",
  },
  IT_OFFICE_NOT_TOLD: {
    source: { duty: "5-4c" },
    kind: "conflict",
    zh: "尚未知會資訊室，不得結案；請先以電子郵件或書面知會。",
    en: "資訊室 has not been told, so the change cannot be closed. Give notice by mail or on paper first.",
  },
  ETHICS_OFFICE_NOT_TOLD: {
    source: { duty: "5-4d" },
    kind: "conflict",
    zh: "尚未知會政風室，不得結案；知會資訊室不等同知會政風室，請另行通知。",
    en: "政風室 has not been told, so the change cannot be closed. Telling 資訊室 does not tell 政風室; give a notice of its own.",
  },
  OFFICE_NOT_TOLD: {
    source: "internal",
    kind: "conflict",
    zh: "尚未通知{office}，不得結案；請先登錄通知之公文。",
    en: "{office} has not been told, so the change cannot be closed. Record the letter first.",
  },
  OFFICE_EMPTY: {
    source: "internal",
    kind: "conflict",
    zh: "{office}目前無現職人員可收受通知，尚未完成通知；請先派任人員。",
    en: "Nobody serves in {office} who could take the notice, so it is not given. Post somebody there first.",
  },
  OFFICE_TOLD_BY_LETTER: {
    source: "internal",
    kind: "invalid",
    zh: "提供機關以公文通知，請登錄其發文日期及文號。",
    en: "A provider is told by letter. Record its date and number.",
  },
  OFFICE_TOLD_BY_NOTICE: {
    source: "internal",
    kind: "invalid",
    zh: "此單位應以電子郵件或書面通知單知會，不以公文登錄。",
    en: "This office is told by mail or on paper, not by a letter recorded here.",
  },
  LETTER_INCOMPLETE: {
    source: "internal",
    kind: "invalid",
    zh: "請填寫發文文號；尚未完成通知。",
    en: "Give the letter's number; notice is not recorded yet.",
  },
  ITEM_NOT_YOURS: {
    source: "internal",
    kind: "forbidden",
    zh: "此移交事項由接任人員點收，接任人員拒絕點收或未指定者由原單位主管點收。",
    en: "The successor accepts this item; the head of the unit that is left does if they refuse or there is none.",
  },
  ITEM_ACCEPTED: {
    source: "internal",
    kind: "conflict",
    zh: "此移交事項已完成點收。",
    en: "This item is accepted already.",
  },
  ITEM_REFUSED_WITHOUT_REASON: {
    source: "internal",
    kind: "invalid",
    zh: "拒絕點收須載明理由。",
    en: "Say why you do not accept it.",
  },
  ITEMS_NOT_ACCEPTED: {
    source: "internal",
    kind: "conflict",
    zh: "移交清冊尚有 {count} 項未點收，不得結案。",
    en: "{count} item(s) of the inventory are not accepted, so the change cannot be closed.",
  },
} as const satisfies RefusalTable
