import { readFile } from "node:fs/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import { openOffice, type Office } from "../../../../tests/support/office.ts"
import {
  done,
  fileUploaded,
  itNotified,
  noticeRecorded,
  uploadBegun,
} from "../../../../tests/support/story.ts"
import type { AccountId, DeliveryId } from "../../../kernel/ids.ts"
import { findAccountActor } from "../../access/index.ts"
import { Intake } from "./intake.ts"

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

async function itHandler() {
  const { db } = office.runtime
  const account = db.selectFrom("account").select("id").where("login_name", "=", "it-handler")
  const { id } = await account.executeTakeFirstOrThrow()
  const actor = await findAccountActor(db, id as AccountId, office.clock.now())
  if (actor === null) throw new Error("the demonstration has an it-handler")
  return actor
}

test("較慢完成之舊傳輸，不得使不予採用之檔案復為本案檔案", async () => {
  const story = await noticeRecorded(office)
  await itNotified(story)
  const bytes = await readFile(story.file.localPath)
  const upload = await uploadBegun(story, bytes, bytes.length)
  const slow = new Intake(office.runtime)
  const { transfer, delivery } = await slow.uploading(story.id as DeliveryId, upload)
  await done(story.it, `/deliveries/${story.id}/upload/finish`, { upload, name: "a.csv" })
  await done(story.it, `/deliveries/${story.id}/set-aside`, { reason: "內容錯誤" })

  const late = slow.finish(transfer, delivery, "a.csv", await itHandler())
  await expect(late).rejects.toThrow("TRANSFER_SUPERSEDED")
  expect((await story.now()).state).toBe("download-requested")
  await fileUploaded(story)
  expect((await story.now()).fetched?.sha256).toBe(story.file.sha256)
})
