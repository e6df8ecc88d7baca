import { afterAll, beforeAll, expect } from "vitest"
import type { ReplyOf } from "../../src/contract/endpoint.ts"
import type { readEntryVersions, readRegister } from "../../src/modules/deliveries/contract.ts"
import { dutyTest } from "../support/duty-test.ts"
import { openOffice, type Office } from "../support/office.ts"
import { accessedFile, done, type Story } from "../support/story.ts"

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const LETTER = "北市衛疾字第1153009999號"

/** The provider left two out; the handler asks, gets an answer, and compares again. */
async function disputed(): Promise<Story> {
  const story = await accessedFile(office, { appliedFor: 27 })
  const { handler, supervisor, id } = story
  const now = office.clock.now()
  const compared = (explanation: string) =>
    done(handler, `/deliveries/${id}/comparison`, { accessedRecords: 25, explanation, happenedAt: now })
  await compared("短少二筆，原因不明")
  await done(handler, `/deliveries/${id}/comparison/dispute`, {
    letter: LETTER,
    reason: "短少二筆",
    happenedAt: now,
  })
  await compared("其中二筆已遷出，提供機關函復無誤")
  await done(supervisor, `/deliveries/${id}/comparison/confirm`)
  return story
}

dutyTest("5-5c", "歷次內容逐筆載明辦理事項；後次比對不掩蓋前次之不符", async () => {
  const story = await disputed()
  const { entry } = await story.now()
  const { body: versions } = await story.handler.get<ReplyOf<typeof readEntryVersions>>(
    `/register/${entry?.id ?? ""}/versions`,
  )
  expect(versions.map(({ act }) => act)).toEqual([
    "fill-register",
    "stamp-it",
    "stamp-responsible",
    "compare",
    "compare",
    "confirm-comparison",
  ])
  const [, , before, first, second] = versions.map(({ comparison }) => comparison)
  expect(before).toBeNull()
  expect(first).toContain("不符：短少二筆，原因不明")
  expect(second).toContain("不符：其中二筆已遷出")
})

dutyTest("6-3b", "疑義之發文字號及主管確認無誤，於畫面及匯出之比對狀況欄均可見", async () => {
  const story = await disputed()
  const seen = await story.now()
  expect(seen.dispute).toMatchObject({ letter: LETTER, reason: "短少二筆" })
  const notes = [expect.stringContaining(`發文字號：${LETTER}`) as string, "經業務單位主管確認無誤"]
  expect(seen.entry?.comparisonNotes).toEqual(notes)
  const { handler } = story
  const [book] = (await handler.get<{ unit: string; year: number }[]>("/register/books")).body
  const where = `unit=${book?.unit ?? ""}&year=${book?.year ?? 0}`
  const { body } = await handler.get<ReplyOf<typeof readRegister>>(`/register?${where}`)
  expect(body.items.at(-1)?.comparisonNotes).toEqual(notes)
  const csv = (await handler.get(`/register/print?${where}&as=csv`)).bytes.toString()
  expect(csv).toMatch(
    new RegExp(`函復無誤；向提供機關提出疑義（發文字號：${LETTER}.*；經業務單位主管確認無誤`),
  )
})
