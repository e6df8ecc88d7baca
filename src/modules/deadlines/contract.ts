import { z } from "zod"
import { endpoint } from "../../contract/endpoint.ts"

/** 「為什麼是這一天？」: the event, the rule, the roll-over, the calendar, the point and item. */
export const DeadlineView = z.object({
  id: z.uuid(),
  duty: z.string(),
  /** 第六點第（五）款 */
  point: z.string(),
  dutyText: z.string(),
  basis: z.string(),
  itemNumber: z.string(),
  link: z.string(),
  unitName: z.string(),
  ownerName: z.string().nullable(),
  eventDate: z.string(),
  due: z.string(),
  safeDue: z.string(),
  cutOff: z.string().nullable(),
  calendar: z.string(),
  provisional: z.boolean(),
  state: z.enum(["open", "met", "void"]),
  late: z.boolean(),
  metAt: z.string().nullable(),
  missedAt: z.string().nullable(),
  voidReason: z.string().nullable(),
  /** One sentence per step. */
  why: z.object({ zh: z.array(z.string()), en: z.array(z.string()) }),
})
export type DeadlineView = z.infer<typeof DeadlineView>

export const readDeadline = endpoint({
  method: "GET",
  path: "/deadlines/:id",
  summary: "期限：為什麼是這一天？",
  params: z.object({ id: z.uuid() }),
  reply: DeadlineView,
  refuses: ["NOT_FOUND"],
})

export const CalendarYearView = z.object({
  year: z.number().int(),
  version: z.string(),
  restDays: z.array(z.string()),
  /** Null for an edition that ships with the program. */
  importedAt: z.string().nullable(),
  importedBy: z.string().nullable(),
})
export type CalendarYearView = z.infer<typeof CalendarYearView>

export const listCalendars = endpoint({
  method: "GET",
  path: "/calendars",
  summary: "政府行政機關辦公日曆表：現行各年度版本",
  reply: z.array(CalendarYearView),
  refuses: [],
})

export const importCalendar = endpoint({
  method: "POST",
  path: "/calendars",
  summary: "匯入官方辦公日曆表 CSV（一年一檔，UTF-8 或 Big5）",
  body: "stream",
  reply: z.object({ version: z.string(), year: z.number().int() }),
  refuses: ["NOT_PERMITTED", "CALENDAR_FILE_WRONG", "CALENDAR_ALREADY_IMPORTED", "BODY_TOO_LARGE"],
})
