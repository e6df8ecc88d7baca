import { fc, test } from "@fast-check/vitest"
import { describe, expect } from "vitest"
import { dutyTest } from "../../../tests/support/duty-test.ts"
import type { NoticeId, PersonId } from "../../kernel/ids.ts"
import type { CivilDate, Instant } from "../../kernel/time.ts"
import { digestMail, noticeMail } from "./mail-texts.ts"
import type { MailOutcome, Notice, Reminder } from "./model.ts"
import { settle, settledFact, STATE_LABELS, stands } from "./rules.ts"

const NOW = "2026-11-24T01:00:00.000Z" as Instant

function queued(mails: number): Notice {
  const recipients = Array.from({ length: mails }, (_, i) => ({
    person: `person-${i}` as PersonId,
    mail: `mail-${i}`,
    state: "queued" as const,
    messageId: null,
    response: null,
    settledAt: null,
  }))
  return {
    id: "notice-1" as NoticeId,
    duty: "6-1a",
    about: { type: "delivery", id: "delivery-1" },
    itemNumber: "115-0007",
    link: "/deliveries/delivery-1",
    from: "person-9" as PersonId,
    channel: { kind: "mail" },
    happenedAt: NOW,
    state: "queued",
    recipients,
    recordedAt: NOW,
    settledAt: null,
    version: 1,
  }
}

function outcome(mail: number, accepted: boolean): MailOutcome {
  const response = accepted ? "250 2.0.0 OK" : "550 5.1.1 no such mailbox"
  return {
    mail: `mail-${mail}`,
    accepted,
    messageId: `<${mail}@health.example>`,
    response,
    at: NOW,
  }
}

dutyTest("6-1a", "郵件伺服器接受前，尚未完成通知", () => {
  expect(stands("queued")).toBe(false)
  expect(stands("failed")).toBe(false)
  expect(STATE_LABELS.queued).toBe("尚未完成通知")
  const accepted = settle(queued(1), outcome(0, true))
  expect(accepted).toMatchObject({ state: "accepted", settledAt: NOW, version: 2 })
  expect(accepted?.recipients[0]).toMatchObject({ messageId: "<0@health.example>", response: "250 2.0.0 OK" })
})

dutyTest("6-1c", "通知回覆遭全部拒收，仍為尚未完成通知", () => {
  const half = settle({ ...queued(2), duty: "6-1c" }, outcome(0, false))
  expect(half?.state).toBe("queued")
  const failed = half === null ? null : settle(half, outcome(1, false))
  expect(failed?.state).toBe("failed")
  expect(failed === null ? "" : settledFact(failed, "queued", outcome(1, false)).kind).toBe("notice-failed")
})

describe("the answers of mail servers", () => {
  const outcomes = fc.array(fc.tuple(fc.nat(3), fc.boolean()), { maxLength: 12 })
  test.prop([fc.integer({ min: 1, max: 4 }), outcomes])(
    "in any order and however often repeated, only the first for each mail counts",
    (mails, answers) => {
      const first = new Map<number, boolean>()
      let notice = queued(mails)
      for (const [mail, accepted] of answers) {
        const next = settle(notice, outcome(mail, accepted))
        expect(next === null).toBe(mail >= mails || first.has(mail))
        notice = next ?? notice
        if (next !== null) first.set(mail, accepted)
      }
      const taken = [...first.values()]
      const refusedByAll = taken.length === mails && !taken.includes(true)
      expect(notice.state).toBe(taken.includes(true) ? "accepted" : refusedByAll ? "failed" : "queued")
      expect(notice.version).toBe(1 + first.size)
      expect(notice.settledAt === null).toBe(notice.state === "queued")
    },
  )
})

describe("the texts of mails", () => {
  test("a notice names the item, the point and the day", () => {
    const { subject, text } = noticeMail(queued(1))
    expect(subject).toBe("【戶守】機關通知 115-0007（第六點第（一）款）")
    expect(text).toContain("事實發生日：115.11.24")
  })

  test("a digest counts by urgency, the most urgent first", () => {
    const line = (kind: Reminder["kind"], itemNumber: string): Reminder => {
      const due = "2026-11-27" as CivilDate
      return { person: "p" as PersonId, subject: itemNumber, stage: "s", kind, itemNumber, link: "/", due }
    }
    const { subject, text } = digestMail(
      [line("soon", "115-2"), line("missed", "115-1")],
      "2026-11-24" as CivilDate,
    )
    expect(subject).toBe("【戶守】115.11.24 待辦提醒 2 件")
    expect(text).toMatch(/已逾期 1 件、即將到期 1 件[\s\S]*115-1（法定期限 115\.11\.27）[\s\S]*115-2/)
  })
})
