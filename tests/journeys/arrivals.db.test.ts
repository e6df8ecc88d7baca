import { randomBytes } from "node:crypto"
import { readFile, writeFile } from "node:fs/promises"
import { Readable } from "node:stream"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { PersonActor } from "../../src/kernel/actor.ts"
import type { AccountId, DeliveryId, FileId } from "../../src/kernel/ids.ts"
import { plusMs } from "../../src/kernel/time.ts"
import { findAccountActor } from "../../src/modules/access/index.ts"
import type { DeliveryDetail } from "../../src/modules/deliveries/contract.ts"
import { deliveries } from "../../src/modules/deliveries/index.ts"
import { installJobs } from "../../src/platform/jobs/index.ts"
import type { Task } from "../../src/runtime/index.ts"
import { openOffice, refusalsIn, type Answer, type Office } from "../support/office.ts"
import {
  announced,
  done,
  fileUploaded,
  handlerNotified,
  itNotified,
  noticeRecorded,
  registerFilled,
  released,
  stamped,
  UTF8_CSV,
  uploadBegun,
  type Beginning,
  type Story,
} from "../support/story.ts"

let office: Office
beforeAll(async () => {
  office = await openOffice()
  await installJobs(
    office.ownerUrl,
    (deliveries.jobNames ?? []).map((name) => ({ name })),
  )
})
afterAll(() => office.close())

async function awaited(): Promise<Story & { readonly bytes: Buffer }> {
  const story = await noticeRecorded(office)
  await itNotified(story)
  return { ...story, bytes: await readFile(story.file.localPath) }
}

const opened = async ({ it, id }: Story, bytes: Buffer, restart = false) =>
  it.post<{ upload: string; offset: number }>(`/deliveries/${id}/upload`, {
    ...(await announced(bytes)),
    restart,
  })
const part = ({ it, id }: Story, upload: string, offset: number, bytes: Buffer) =>
  it.put(`/deliveries/${id}/upload?upload=${upload}&offset=${offset}`, bytes)
const finished = ({ it, id, file }: Story, upload: string) =>
  it.post(`/deliveries/${id}/upload/finish`, { upload, name: file.name })

function reasonOf(answer: Answer<unknown>): string {
  const { refusals } = answer.body as { refusals: { code: string; zh: string }[] }
  return refusals.map(({ code, zh }) => `${code} ${zh}`).join()
}

/** Runs what the transaction left on this queue, as the program's workers do. */
async function runJob(name: string, data: object): Promise<void> {
  await deliveries
    .jobs?.(office.runtime)
    .find((job) => job.name === name)
    ?.run(data)
}

const transferOf = ({ id }: Story) =>
  office.runtime.db.selectFrom("transfer").selectAll().where("delivery", "=", id).executeTakeFirstOrThrow()

describe("續傳之檔案須為同一檔案", () => {
  test("大小不同或內容不同者，不予接續；同一檔案仍可續傳至完成", async () => {
    const story = await awaited()
    const { bytes } = story
    const upload = await uploadBegun(story, bytes, 100)
    const sameSize = Buffer.from(bytes).fill("x", 0, 1)
    for (const other of [bytes.subarray(1), sameSize])
      expect(reasonOf(await opened(story, other))).toMatch(
        new RegExp(`^UPLOAD_OTHER_FILE .*共 ${bytes.length} 位元組，已收 100 位元組`),
      )
    const again = await opened(story, bytes)
    expect(again.body).toEqual({ upload, offset: 100 })
    await fileUploaded(story)
    expect((await story.now()).fetched?.sha256).toBe(story.file.sha256)
  })

  test("重新上傳者，給予新的編號，已收部分銷毀，舊連線之內容不再收受", async () => {
    const story = await awaited()
    const abandoned = await uploadBegun(story, randomBytes(300), 100)
    const upload = await uploadBegun(story, story.bytes, 100, true)
    expect(upload).not.toBe(abandoned)
    expect(refusalsIn(await part(story, abandoned, 100, randomBytes(50)))).toEqual([
      "TRANSFER_SUPERSEDED 機關內部控制",
    ])
    expect(refusalsIn(await finished(story, abandoned))).toEqual(["TRANSFER_SUPERSEDED 機關內部控制"])
    await runJob("destroy-abandoned-upload", { upload: abandoned })
    const left = await office.runtime.files.openUpload(abandoned as FileId)
    expect(left.received).toBe(0)
    await office.runtime.files.destroy(abandoned as FileId)
    await fileUploaded(story)
    expect((await story.now()).fetched?.sha256).toBe(story.file.sha256)
  })

  test("未收齊者不得完成，敘明已收及應有之數，已收部分保留", async () => {
    const story = await awaited()
    const { bytes } = story
    const upload = await uploadBegun(story, bytes, 100)
    expect(reasonOf(await finished(story, upload))).toContain(
      `UPLOAD_INCOMPLETE 檔案尚未收齊：已收 100 位元組，應有 ${bytes.length} 位元組`,
    )
    expect((await opened(story, bytes)).body.offset).toBe(100)
  })

  test("超出所告知之大小者，於收受前即予拒絕", async () => {
    const story = await awaited()
    const { bytes } = story
    const upload = await uploadBegun(story, bytes, 100)
    const beyond = await part(story, upload, 100, Buffer.concat([bytes.subarray(100), randomBytes(1)]))
    expect(refusalsIn(beyond)).toEqual(["UPLOAD_BEYOND_ANNOUNCED 機關內部控制"])
    expect((await opened(story, bytes)).body.offset).toBe(100)
  })
})

describe("檔案封存後、保存前程式中斷", () => {
  test("上傳者重新選擇同一檔案即可完成", async () => {
    const story = await awaited()
    const { bytes } = story
    const upload = await uploadBegun(story, bytes, bytes.length)
    await (await office.runtime.files.openUpload(upload as FileId)).finish()
    expect((await opened(story, bytes)).body).toEqual({ upload, offset: bytes.length })
    expect(refusalsIn(await opened(story, bytes.subarray(1)))).toEqual(["UPLOAD_OTHER_FILE 機關內部控制"])
    await done(story.it, `/deliveries/${story.id}/upload/finish`, { upload, name: "a.csv" })
    expect((await story.now()).fetched?.sha256).toBe(story.file.sha256)
  })

  test("自提供機關主機下載者，接續辦理即可完成", async () => {
    const story = await awaited()
    await done(story.it, `/deliveries/${story.id}/download`, { path: story.file.path })
    const { upload } = await transferOf(story)
    const { bytes } = story
    await office.runtime.db
      .updateTable("transfer")
      .set({ bytes_total: bytes.length })
      .where("delivery", "=", story.id)
      .execute()
    const sealing = await office.runtime.files.openUpload(upload as FileId)
    await sealing.append(0, Readable.from([bytes]))
    await sealing.finish()
    await downloaded(story)
    expect((await story.now()).fetched?.sha256).toBe(story.file.sha256)
    expect((await transferOf(story)).state).toBe("finished")
  })
})

/** The job of a download that has been begun, run as a worker would. */
async function downloaded(story: Story): Promise<void> {
  const { person, account } = await itHandler()
  await runJob("download-from-provider", { delivery: story.id as DeliveryId, person, account })
}

async function itHandler(): Promise<PersonActor> {
  const { db } = office.runtime
  const { id } = await db
    .selectFrom("account")
    .select("id")
    .where("login_name", "=", "it-handler")
    .executeTakeFirstOrThrow()
  const actor = await findAccountActor(db, id as AccountId, office.clock.now())
  if (actor === null) throw new Error("the demonstration has an it-handler")
  return actor
}

test("6-3a 格式有誤者，更正格式重新計數；所依格式留存，檔案開頭依該格式顯示", async () => {
  const big5 = { format: "big5-fixed", records: 25 } as const
  const story = await noticeRecorded(office, { file: big5 })
  await itNotified(story)
  await fileUploaded(story)
  const count = (body: object) =>
    story.it.post<{ countProblem: { code: string } | null }>(`/deliveries/${story.id}/count`, body)
  const fixed = (recordBytes: number) => ({
    password: null,
    format: { kind: "fixed", encoding: "big5", recordBytes, lineEnd: "none" },
  })
  const still = await count(fixed(99))
  expect(still.body.countProblem?.code).toBe("FILE_FORMAT_WRONG")
  expect((await story.now()).fetched).toMatchObject({
    count: { counted: false },
    format: { recordBytes: 99 },
  })
  expect((await count(fixed(100))).body).toEqual({ countProblem: null })
  const { fetched, announcement } = await story.now()
  expect(fetched).toMatchObject({ count: { counted: true, records: 25 }, format: fixed(100).format })
  expect(announcement.format.kind).toBe("delimited")
  const preview = await story.it.get<{ lines: string[] }>(`/deliveries/${story.id}/preview`)
  expect(preview.body.lines).toHaveLength(5)
  expect(preview.body.lines[0]).toMatch(/^A9{9}字{2,}/)
  expect((await count({ password: null, format: null })).body).toEqual({ countProblem: null })
})

test("幾乎無法解讀者，敘明編碼可能有誤；僅有造字者不然", async () => {
  const big5 = { ...UTF8_CSV, encoding: "big5" } as NonNullable<Beginning["format"]>
  const doubt = async (beginning: Beginning) => {
    const story = await noticeRecorded(office, beginning)
    await itNotified(story)
    await fileUploaded(story)
    return (await story.now()).fetched
  }
  const rare = { format: "big5-csv", records: 25, rareEvery: 1 } as const
  expect(await doubt({ format: big5 })).toMatchObject({ count: { counted: true }, isEncodingDoubtful: true })
  const own = await doubt({ format: big5, file: rare })
  expect(own).toMatchObject({
    count: { undecodable: expect.any(Number) as number },
    isEncodingDoubtful: false,
  })
  expect(own?.count.counted === true && own.count.undecodable).toBeGreaterThan(10)
  expect((await doubt({ file: rare }))?.isEncodingDoubtful).toBe(true)
})

describe("空白檔案", () => {
  const empty = async (story: Story) => {
    const { state, fetched } = await story.now()
    expect(state).toBe("downloaded")
    expect(fetched).toMatchObject({ bytes: 0, count: { counted: false } })
    expect(fetched?.countProblem).toMatchObject({ code: "FILE_EMPTY" })
    expect(fetched?.countProblem?.zh).toContain("檔案已保留")
  }

  test("上傳者，檔案保留並敘明", async () => {
    const story = await awaited()
    await fileUploaded(story, Buffer.alloc(0))
    await empty(story)
    const preview = await story.it.get<{ lines: string[] }>(`/deliveries/${story.id}/preview`)
    expect(preview.body.lines.join("")).toBe("")
  })

  test("自提供機關主機下載者，檔案保留並敘明", async () => {
    const story = await awaited()
    await writeFile(story.file.localPath, "")
    await done(story.it, `/deliveries/${story.id}/download`, { path: story.file.path })
    await downloaded(story)
    await empty(story)
  })
})

describe("第六點第（一）款 檔案不予採用，另行取檔", () => {
  const reason = "最後一筆不完整，提供機關已重新提供"
  const later = (minutes: number) => office.clock.set(plusMs(office.clock.now(), minutes * 60_000))
  const setAside = (story: Story, body = { reason }) =>
    story.it.post(`/deliveries/${story.id}/set-aside`, body)

  test("6-1b 不完整之檔案保留並列明，另以新的傳輸取得完整檔案", async () => {
    const story = await awaited()
    const cut = story.bytes.subarray(0, story.bytes.length - 20)
    await fileUploaded(story, cut)
    const before = (await story.now()).fetched
    const { upload: first } = await transferOf(story)
    expect(refusalsIn(await setAside(story, { reason: "" }))).toEqual(["SET_ASIDE_NEEDS_REASON 機關內部控制"])
    expect((await setAside(story)).status).toBe(204)

    const waiting = await story.now()
    expect(waiting).toMatchObject({ state: "download-requested", fetched: null, transfer: null })
    expect(waiting.setAside).toMatchObject([{ ...before, reason, setAsideBy: "黃資訊" }])
    expect(waiting.timeline.map(({ kind }) => kind)).toContain("file-set-aside")
    const { body: tasks } = await story.handler.get<Task[]>("/tasks")
    expect(tasks.map(({ title }) => title)).toContain(
      `${waiting.number}　檔案不予採用，資訊室將另行取檔，完成後重新通知`,
    )

    await fileUploaded(story)
    const { fetched, setAside: kept } = await story.now()
    expect(fetched).toMatchObject({ sha256: story.file.sha256, count: { counted: true } })
    expect((await transferOf(story)).upload).not.toBe(first)
    const stored = await office.runtime.files.reread(first as FileId)
    expect({ bytes: stored.bytes, sha256: stored.sha256 }).toEqual({
      bytes: cut.length,
      sha256: kept[0]?.sha256,
    })
  })

  test("6-1c 前次檔案之通知不算，重新通知承辦人後始得提供", async () => {
    const story = await awaited()
    await fileUploaded(story)
    await handlerNotified(story)
    later(1)
    expect((await setAside(story)).status).toBe(204)
    later(1)
    await fileUploaded(story)
    const notice = (await story.now()).notices.find(({ duty }) => duty === "6-1c")
    expect(notice).toMatchObject({ stands: false, label: "前次檔案之通知，另行取檔後須重新通知" })
    await registerFilled(story)
    await stamped(story, "it")
    await stamped(story, "responsible")
    const { handler } = await story.now()
    const release = await story.it.post(`/deliveries/${story.id}/release`, { to: handler.person })
    expect(refusalsIn(release)).toEqual(["NOTICE_BACK_NOT_SENT 第六點第（一）款"])
    await handlerNotified(story)
    await released(story)
  })

  test("已登記者須先由承辦人作廢登記；畫面並予敘明", async () => {
    const story = await awaited()
    await fileUploaded(story)
    await registerFilled(story)
    expect(refusalsIn(await setAside(story))).toEqual(["FILE_IS_REGISTERED 機關內部控制"])
    const { body: seen } = await story.it.get<DeliveryDetail>(`/deliveries/${story.id}`)
    const refusal = seen.allowed.find(({ command }) => command === "set-aside-file")?.refusal
    expect(refusal?.zh).toContain("請先由業務單位承辦人敘明理由作廢該登記")
    await done(story.handler, `/deliveries/${story.id}/register/void`, { reason: "檔案不完整" })
    expect((await setAside(story)).status).toBe(204)
  })
})
