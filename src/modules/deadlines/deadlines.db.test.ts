import { readFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { PersonActor } from "../../kernel/actor.ts"
import type { DeadlineId, UnitId } from "../../kernel/ids.ts"
import { instantOf, type CivilDate, type Instant } from "../../kernel/time.ts"
import { newId } from "../../platform/ids.ts"
import { runCommand, runJob } from "../../runtime/index.ts"
import { openSmallOffice, type SmallOffice } from "../../../tests/support/small-office.ts"
import { notices } from "../notices/index.ts"
import { createUnit } from "../people/index.ts"
import { importOfficeCalendar } from "./commands/import-calendar.ts"
import { deadlines, deadlinesAbout, meetDeadline, openDeadline, startWorkday, voidDeadline } from "./index.ts"
import type { DeadlineDraft } from "./model.ts"
import { readCalendars, readDeadlineView } from "./reads.ts"

let office: SmallOffice
let handler: PersonActor
let supervisor: PersonActor
let administrator: PersonActor

beforeAll(async () => {
  office = await openSmallOffice([notices, deadlines])
  handler = await office.appoint("王承辦", "handler", office.units.business)
  supervisor = await office.appoint("林主管", "supervisor", office.units.business)
  administrator = await office.appoint("系統管理者", "administrator", office.units.it)
  await office.appoint("政風室人員", "ethics-officer", office.units.ethics)
})
afterAll(() => office.close())

function draft(about: string, eventDate: string, days = 10): DeadlineDraft {
  return {
    id: newId() as DeadlineId,
    duty: "6-5a",
    about: { type: "delivery", id: about },
    itemNumber: `115-${about}`,
    link: `/deliveries/${about}`,
    eventDate: eventDate as CivilDate,
    term: { unit: "day", length: days, direction: "after", roll: true },
    basis: "第六點第（五）款「十日內」",
    owner: { unit: office.units.business, person: handler.person },
  }
}

const open = (what: DeadlineDraft) =>
  runJob(office.runtime, "test", (tx, context) => openDeadline(tx, context, what))

/** 09:00 in Taipei on `date`. */
async function morning(date: string): Promise<void> {
  office.clock.set(`${date}T01:00:00.000Z`)
  await startWorkday(office.runtime)
}

async function linesOf(person: PersonActor, subject: DeadlineDraft) {
  return office.runtime.db
    .selectFrom("reminder")
    .select(["kind", "digest_day as day"])
    .where("person", "=", person.person)
    .where("subject", "=", `deadline:${subject.id}`)
    .orderBy("digest_day")
    .execute()
}

async function factsAbout(id: string): Promise<string[]> {
  const rows = await office.runtime.db
    .selectFrom("ledger_entry")
    .select("kind")
    .where("about_id", "=", id)
    .orderBy("index")
    .execute()
  return rows.map((row) => row.kind)
}

describe("a deadline from its event to its end", () => {
  test("reminds at three days, one day and on the day, then tells the supervisor; each once", async () => {
    office.clock.set("2026-11-02T01:00:00.000Z")
    // Ten days from Monday 2026-11-02: Thursday 2026-11-12.
    const what = draft("0001", "2026-11-02")
    await open(what)
    for (let day = 2; day <= 16; day++) {
      await morning(`2026-11-${String(day).padStart(2, "0")}`)
      await startWorkday(office.runtime)
    }
    expect(await linesOf(handler, what)).toEqual([
      { kind: "soon", day: "2026-11-09" },
      { kind: "soon", day: "2026-11-11" },
      { kind: "today", day: "2026-11-12" },
      { kind: "missed", day: "2026-11-13" },
    ])
    expect(await linesOf(supervisor, what)).toEqual([{ kind: "missed", day: "2026-11-13" }])
    expect(await factsAbout(what.id)).toEqual(["deadline-opened", "deadline-missed"])
  })

  test("is said on the workday before when its day falls on a weekend, and rolls over", async () => {
    // Ten days from Wednesday 2026-12-02 end on Saturday 2026-12-12; the legal day is Monday.
    office.clock.set("2026-12-02T01:00:00.000Z")
    const what = draft("0002", "2026-12-02")
    await open(what)
    for (let day = 7; day <= 16; day++) await morning(`2026-12-${String(day).padStart(2, "0")}`)
    expect(await linesOf(handler, what)).toEqual([
      { kind: "soon", day: "2026-12-09" },
      { kind: "soon", day: "2026-12-11" },
      { kind: "last-days", day: "2026-12-14" },
      { kind: "missed", day: "2026-12-15" },
    ])
    expect((await linesOf(supervisor, what)).map((line) => line.day)).toEqual(["2026-12-14", "2026-12-15"])
    const view = await readDeadlineView(office.runtime.db, what.id, handler)
    expect(view).toMatchObject({
      due: "2026-12-14",
      safeDue: "2026-12-12",
      cutOff: "12:00",
      calendar: "2026-1",
    })
    expect(view.why.zh.join("")).toContain("次一上班日")
    expect(view).toMatchObject({ point: "第六點第（五）款", late: true, ownerName: "王承辦" })
  })

  test("once met it is silent, and says whether it was late", async () => {
    office.clock.set("2027-01-04T01:00:00.000Z")
    const what = draft("0003", "2027-01-04")
    await open(what)
    office.clock.set("2027-01-13T01:00:00.000Z")
    const which = { duty: what.duty, about: what.about }
    const metAt = "2027-01-12T03:00:00.000Z" as Instant
    await runJob(office.runtime, "test", (tx, context) => meetDeadline(tx, context, which, metAt))
    await runJob(office.runtime, "test", (tx, context) => meetDeadline(tx, context, which, metAt))
    await morning("2027-01-20")
    expect(await linesOf(handler, what)).toEqual([])
    expect(await factsAbout(what.id)).toEqual(["deadline-opened", "deadline-met"])
    expect(await deadlinesAbout(office.runtime.db, what.about)).toMatchObject([{ state: "met", metAt }])
  })

  test("voided it needs a reason and may be opened anew; two open ones are refused", async () => {
    office.clock.set("2027-01-21T01:00:00.000Z")
    const what = draft("0004", "2027-01-21")
    const again = { ...what, id: newId() as DeadlineId }
    await open(what)
    await expect(open(again)).rejects.toThrow("deadline_one_open")
    const which = { duty: what.duty, about: what.about }
    await runJob(office.runtime, "test", (tx, context) =>
      voidDeadline(tx, context, which, "提供機關撤回資料"),
    )
    await open(again)
    const view = await readDeadlineView(office.runtime.db, what.id, supervisor)
    expect(view).toMatchObject({ state: "void", voidReason: "提供機關撤回資料", late: false })
  })

  test("another unit does not see it", async () => {
    const what = draft("0005", "2027-01-21")
    await open(what)
    const center = await office.appoint(
      "外單位",
      "center-handler",
      await unitUnderAgency("H01", "中正區健康服務中心", "health-center"),
    )
    await expect(readDeadlineView(office.runtime.db, what.id, center)).rejects.toMatchObject({
      refusals: [{ code: "NOT_FOUND" }],
    })
  })
})

async function unitUnderAgency(code: string, name: string, kind: "business" | "health-center") {
  const unit = { id: newId() as UnitId, code, name, kind, parent: office.units.agency }
  return (await runCommand(office.runtime, createUnit, unit, { kind: "system", job: "set-up" })).id
}

describe("escalation after the safe day", () => {
  let director: PersonActor
  beforeAll(async () => void (director = await office.appoint("周局長", "director", office.units.agency)))

  const stagesTold = async (person: PersonActor, what: DeadlineDraft) =>
    (await linesOf(person, what)).map((line) => line.kind)

  /** Three days from Monday 2027-01-25: the last day is Thursday, missed on Friday. */
  async function missed(about: string, owner: DeadlineDraft["owner"]): Promise<DeadlineDraft> {
    office.clock.set("2027-01-25T01:00:00.000Z")
    const what = { ...draft(about, "2027-01-25", 3), owner }
    await open(what)
    for (let day = 25; day <= 29; day++) await morning(`2027-01-${day}`)
    return what
  }

  test("goes to the head above when the post of the unit's head has ended", async () => {
    const unit = await unitUnderAgency("B02", "健康管理科", "business")
    const owner = await office.appoint("陳承辦", "handler", unit)
    const former = await office.appoint("前科長", "supervisor", unit)
    const { db, clock } = office.runtime
    await db.updateTable("post").set({ until: clock.now() }).where("person", "=", former.person).execute()
    const what = await missed("0011", { unit, person: owner.person })
    expect(await stagesTold(former, what)).toEqual([])
    expect(await stagesTold(director, what)).toEqual(["missed"])
  })

  test("goes past the head of the unit who is late, to the head above", async () => {
    const what = await missed("0012", { unit: office.units.business, person: supervisor.person })
    expect(await stagesTold(supervisor, what)).toContain("missed")
    expect(await stagesTold(director, what)).toEqual(["missed"])
  })

  test("of what a whole unit owes goes from its head to the head above", async () => {
    const what = await missed("0013", { unit: office.units.business, person: null })
    expect(await stagesTold(supervisor, what)).toContain("today")
    expect(await stagesTold(director, what)).toEqual(["missed"])
  })

  test("ends with the director, above whom there is nobody", async () => {
    const what = await missed("0014", { unit: office.units.agency, person: director.person })
    expect(await stagesTold(director, what)).toContain("missed")
    expect(await stagesTold(supervisor, what)).toEqual([])
  })
})

describe("the start of a workday", () => {
  test("comes once a day and person, not on rest days, and not before 08:30", async () => {
    office.clock.set("2027-03-01T01:00:00.000Z")
    const what = draft("0006", "2027-03-01", 3)
    await open(what)
    office.clock.set("2027-03-02T00:29:00.000Z")
    await startWorkday(office.runtime)
    expect(await linesOf(handler, what)).toEqual([])
    await Promise.all([startWorkday(office.runtime), morning("2027-03-02"), startWorkday(office.runtime)])
    expect(await linesOf(handler, what)).toHaveLength(1)
    const digests = await office.runtime.db
      .selectFrom("digest")
      .select("items")
      .where("person", "=", handler.person)
      .where("day", "=", "2027-03-02" as CivilDate)
      .execute()
    expect(digests).toHaveLength(1)
    await morning("2027-03-06")
    expect(
      await office.runtime.db
        .selectFrom("checkpoint_mail")
        .select("day")
        .where("day", "=", "2027-03-06" as CivilDate)
        .execute(),
    ).toEqual([])
  })

  test("mails the checkpoint of every workday once", async () => {
    await morning("2027-03-08")
    await startWorkday(office.runtime)
    const mailed = await office.runtime.db
      .selectFrom("checkpoint_mail")
      .selectAll()
      .where("day", "=", "2027-03-08" as CivilDate)
      .execute()
    expect(mailed).toMatchObject([{ holders: 1 }])
  })
})

describe("the office calendar", () => {
  /** A whole year in the official layout; `rest` beyond weekends. */
  function yearCsv(year: number, rest: readonly string[]): Buffer {
    const lines = ["西元日期,星期,是否放假,備註"]
    for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += 86_400_000) {
      const date = instantOf(at).slice(0, 10)
      const weekday = "日一二三四五六"[(at / 86_400_000 + 4) % 7] ?? ""
      const isRest = weekday === "六" || weekday === "日" || rest.includes(date)
      lines.push(`${date.replaceAll("-", "")},${weekday},${isRest ? 2 : 0},`)
    }
    return Buffer.from(`\uFEFF${lines.join("\r\n")}\r\n`)
  }

  test("beyond the last one a deadline is provisional, and computed again on import", async () => {
    office.clock.set("2027-12-27T01:00:00.000Z")
    const what = draft("0007", "2027-12-27")
    await open(what)
    const before = await readDeadlineView(office.runtime.db, what.id, handler)
    expect(before).toMatchObject({ due: "2028-01-06", provisional: true, calendar: "weekends" })
    const csv = yearCsv(2028, ["2028-01-06", "2028-01-07"])
    const imported = await runCommand(office.runtime, importOfficeCalendar, { csv }, administrator)
    expect(imported.version).toBe("2028-1")
    const after = await readDeadlineView(office.runtime.db, what.id, handler)
    expect(after).toMatchObject({
      due: "2028-01-10",
      safeDue: "2028-01-06",
      provisional: false,
      calendar: "2028-1",
    })
    expect(await factsAbout(what.id)).toEqual(["deadline-opened", "deadline-recomputed"])
    expect((await readCalendars(office.runtime.db)).at(-1)).toMatchObject({
      version: "2028-1",
      importedBy: "系統管理者",
    })
  })

  test("is imported by administrators only, whole, and not twice", async () => {
    const shipped = readFileSync(new URL("../../regulation/period/calendars/2026-1.csv", import.meta.url))
    const attempt = (csv: Buffer, actor: PersonActor) =>
      runCommand(office.runtime, importOfficeCalendar, { csv }, actor)
    await expect(attempt(shipped, handler)).rejects.toMatchObject({
      refusals: [{ code: "NOT_PERMITTED" }, { code: "CALENDAR_ALREADY_IMPORTED" }],
    })
    await expect(attempt(shipped.subarray(0, 5000), administrator)).rejects.toMatchObject({
      refusals: [{ code: "CALENDAR_FILE_WRONG" }],
    })
    const edition = await attempt(yearCsv(2027, ["2027-01-01"]), administrator)
    expect(edition.version).toBe("2027-2")
  })
})
