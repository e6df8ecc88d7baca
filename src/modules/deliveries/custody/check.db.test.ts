import { randomBytes } from "node:crypto"
import { readFile, rename, rm, truncate, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { Readable } from "node:stream"
import { afterAll, beforeAll, expect, test } from "vitest"
import { openOffice, type Desk, type Office } from "../../../../tests/support/office.ts"
import {
  done,
  fileUploaded,
  itNotified,
  noticeRecorded,
  type Story,
} from "../../../../tests/support/story.ts"
import type { FileId } from "../../../kernel/ids.ts"
import { plusMs, taipeiDate } from "../../../kernel/time.ts"
import { checkKeptFiles } from "./check.ts"

const DAY_MS = 86_400_000

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

/** A delivery with a file of several chunks. */
async function kept(): Promise<Story & { readonly stored: FileId }> {
  const story = await noticeRecorded(office)
  await itNotified(story)
  await fileUploaded(story, randomBytes(3 << 20))
  return { ...story, stored: await uploadOf(story) }
}

async function uploadOf({ id }: Story): Promise<FileId> {
  const transfer = office.runtime.db.selectFrom("transfer").select("upload").where("delivery", "=", id)
  return (await transfer.executeTakeFirstOrThrow()).upload as FileId
}

const pathOf = (file: string) => join(office.directory, "data", "files", `${file}.content`)

async function nights(count: number): Promise<void> {
  for (let night = 0; night < count; night++) {
    await checkKeptFiles(office.runtime)
    office.clock.set(plusMs(office.clock.now(), DAY_MS))
  }
}

/** What was found about these deliveries; each finding begins with the number of its own. */
async function findings(...stories: readonly Story[]): Promise<readonly string[]> {
  const { db } = office.runtime
  const found: string[] = []
  for (const { id } of stories) {
    const { number } = await db
      .selectFrom("delivery")
      .select("number")
      .where("id", "=", id)
      .executeTakeFirstOrThrow()
    const rows = await db
      .selectFrom("inbox_item")
      .select("title")
      .where("kind", "=", "finding")
      .where("link", "=", `/deliveries/${id}`)
      .orderBy("title")
      .execute()
    found.push(...rows.map(({ title }) => title.replace(`${number}　`, "")))
  }
  return found
}

const ALTERED = "資料檔案無法讀取或與保存時不符，請由備份還原"
const missing = (what: string) => `${what}已自檔案庫消失，請由備份還原`

test("檔案均在且內容相符者，二十八日內無任何缺失", async () => {
  const story = await kept()
  await nights(28)
  expect(await findings(story)).toEqual([])
})

test("消失之檔案當夜即列為缺失，載明案號，未結前不重複", async () => {
  const story = await kept()
  await rm(pathOf(story.stored))
  await nights(3)
  expect(await findings(story)).toEqual([missing("資料檔案")])
})

test("截短之檔案當夜即列為缺失", async () => {
  const story = await kept()
  await truncate(pathOf(story.stored), 1 << 20)
  await nights(1)
  expect(await findings(story)).toEqual([ALTERED])
})

test("內容遭更動一位元組者，於二十八日內輪到時列為缺失", async () => {
  const story = await kept()
  const bytes = await readFile(pathOf(story.stored))
  bytes[1000] = (bytes[1000] ?? 0) ^ 1
  await writeFile(pathOf(story.stored), bytes)
  await nights(28)
  expect(await findings(story)).toEqual([ALTERED])
})

test("互換之兩檔案，當夜均列為缺失", async () => {
  const [one, other] = [await kept(), await kept()]
  await rename(pathOf(one.stored), `${pathOf(one.stored)}.aside`)
  await rename(pathOf(other.stored), pathOf(one.stored))
  await rename(`${pathOf(one.stored)}.aside`, pathOf(other.stored))
  await nights(1)
  expect(await findings(one, other)).toEqual([ALTERED, ALTERED])
})

test("以同一編號另存其他內容者，大小不同當夜、大小相同輪到時列為缺失", async () => {
  const [shorter, other] = [await kept(), await kept()]
  for (const [story, bytes] of [
    [shorter, 9],
    [other, 3 << 20],
  ] as const) {
    await office.runtime.files.destroy(story.stored)
    const upload = await office.runtime.files.openUpload(story.stored)
    await upload.append(0, Readable.from([randomBytes(bytes)]))
    await upload.finish()
  }
  await nights(1)
  expect(await findings(shorter)).toEqual([ALTERED])
  await nights(27)
  expect(await findings(shorter, other)).toEqual([ALTERED, ALTERED])
})

test("不予採用之檔案、提供機關通知郵件及書面通知掃描檔，同受核對", async () => {
  const story = await noticeRecorded(office)
  const scan = await paperKept(story.handler, "/scans", Buffer.from("%PDF-1.7 scan"))
  const channel = {
    kind: "paper",
    number: "通知115-1",
    date: taipeiDate(office.clock.now()),
    receiver: (await story.now()).receivers["6-1a"][0]?.person,
    scan: scan.file,
  }
  await done(story.handler, `/deliveries/${story.id}/request-download`, {
    happenedAt: office.clock.now(),
    channel,
  })
  await fileUploaded(story)
  const bad = await uploadOf(story)
  await done(story.it, `/deliveries/${story.id}/set-aside`, { reason: "內容錯誤" })
  const eml = Buffer.from(
    "From: a@b.example\r\nSubject: x\r\nDate: Mon, 02 Nov 2026 08:00:00 +0800\r\n\r\nready\r\n",
  )
  const mail = await paperKept(story.handler, "/provider-mails", eml)
  const withMail = await noticeRecorded(office, { mail: mail.file })
  await nights(28)
  expect(await findings(story, withMail)).toEqual([])
  for (const file of [scan.file, bad, mail.file]) await rm(pathOf(file))
  await nights(1)
  expect(await findings(story, withMail)).toEqual([
    missing("不予採用之資料檔案"),
    missing("書面通知掃描檔"),
    missing("提供機關通知郵件"),
  ])
})

async function paperKept(desk: Desk, path: string, bytes: Buffer) {
  const { body } = await desk.drop<{ file: string; sha256: string }>(path, bytes)
  return { file: body.file, sha256: body.sha256 }
}
