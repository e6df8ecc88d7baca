import { shortRocDate } from "../../kernel/roc-date.ts"
import { taipeiDate, type CivilDate } from "../../kernel/time.ts"
import { DUTIES } from "../../regulation/duties.ts"
import { REMINDER_KINDS, type Notice, type Reminder, type ReminderKind } from "./model.ts"

/** A mail before it has a link to its screen and a mailbox: numbers, dates and duties, never personal data. */
export interface MailText {
  readonly subject: string
  readonly text: string
}

/** A legal notice: which item, which duty, since when. */
export function noticeMail({
  itemNumber,
  duty,
  happenedAt,
}: Pick<Notice, "itemNumber" | "duty" | "happenedAt">): MailText {
  const { point, zh } = DUTIES[duty]
  const lines = [
    `案號：${itemNumber}`,
    `通知依據：${point}「${zh}」`,
    `事實發生日：${shortRocDate(taipeiDate(happenedAt))}`,
    "本郵件為機關通知，請登入系統辦理；郵件不含個人資料。",
  ]
  return { subject: `【戶守】機關通知 ${itemNumber}（${point}）`, text: lines.join("\n") }
}

/** One person's daily mail: counts by urgency, then the number and legal due date of each item. */
export function digestMail(reminders: readonly Reminder[], day: CivilDate): MailText {
  const groups = (Object.keys(REMINDER_KINDS) as ReminderKind[])
    .map((kind) => ({ label: REMINDER_KINDS[kind], of: reminders.filter((r) => r.kind === kind) }))
    .filter(({ of }) => of.length > 0)
  const counts = groups.map(({ label, of }) => `${label} ${of.length} 件`).join("、")
  const sections = groups.map(({ label, of }) => [`【${label}】`, ...of.map(lineOf)].join("\n"))
  return {
    subject: `【戶守】${shortRocDate(day)} 待辦提醒 ${reminders.length} 件`,
    text: [`今日提醒：${counts}。`, ...sections, "請登入系統於「我的待辦」辦理。"].join("\n\n"),
  }
}

function lineOf({ itemNumber, due }: Reminder): string {
  return `${itemNumber}${due === null ? "" : `（法定期限 ${shortRocDate(due)}）`}`
}

/** The day's signed head of the ledger, to be kept outside the system. */
export function checkpointMail(note: string, size: number, day: CivilDate): MailText {
  const lines = [
    `${shortRocDate(day)} 軌跡紀錄簽章點，共 ${size} 筆。請妥為保存；日後可據以查驗軌跡紀錄未遭回溯或竄改。`,
    "",
    note,
  ]
  return { subject: `【戶守】${shortRocDate(day)} 軌跡簽章點（${size} 筆）`, text: lines.join("\n") }
}
