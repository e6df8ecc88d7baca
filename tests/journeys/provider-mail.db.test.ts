import { afterAll, beforeAll, expect, test } from "vitest"
import type { DeliveryDetail, ProjectView } from "../../src/modules/deliveries/contract.ts"
import { openOffice, refusalsIn, type Office } from "../support/office.ts"
import { noticeRecorded, UTF8_CSV } from "../support/story.ts"

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

test("提供機關通知之原始郵件全文保存，得檢視本案者可取出；非其權責者及無郵件者，答以查無", async () => {
  const { handler, it, id: withoutMail, file } = await noticeRecorded(office)
  const eml = await office.sim.noticeMail({ file, to: "handler@health.example" })
  const kept = await handler.drop<{ file: string; sha256: string }>("/provider-mails", eml)
  const { file: mail, sha256 } = kept.body
  const [project] = (await handler.get<ProjectView[]>("/projects")).body
  const recorded = await handler.post<{ id: string }>("/deliveries", {
    project: project?.id,
    happenedAt: office.clock.now(),
    declaredRecords: 25,
    appliedFor: { kind: "count", records: 25 },
    fileName: file.name,
    format: UTF8_CSV,
    mail,
  })
  const path = `/deliveries/${recorded.body.id}/mail`
  for (const desk of [handler, it]) {
    const opened = await desk.get(path)
    expect(opened.headers["content-type"]).toBe("message/rfc822")
    expect(opened.headers["content-disposition"]).toMatch(/^attachment; filename="D115-\d{4}\.eml"$/)
    expect(opened.bytes.equals(eml)).toBe(true)
  }
  expect(
    (await handler.get<DeliveryDetail>(`/deliveries/${recorded.body.id}`)).body.announcement,
  ).toMatchObject({
    mailSha256: sha256,
  })
  const stranger = await office.as("center-handler")
  expect(refusalsIn(await stranger.get(path))).toEqual([expect.stringMatching(/^NOT_FOUND/)])
  expect(refusalsIn(await handler.get(`/deliveries/${withoutMail}/mail`))).toEqual([
    expect.stringMatching(/^NOT_FOUND/),
  ])
})
