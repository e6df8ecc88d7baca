import { Client } from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { checkIntegrity, checkIntegrityNightly } from "../../src/app/integrity.ts"
import type { Task } from "../../src/runtime/index.ts"
import { openOffice, type Office } from "../support/office.ts"
import { releasedFile, done, type Story } from "../support/story.ts"

let office: Office
let story: Story
beforeAll(async () => {
  office = await openOffice()
  story = await releasedFile(office)
  await done(story.handler, `/deliveries/${story.id}/comparison`, {
    accessedRecords: 25,
    explanation: null,
    happenedAt: office.clock.now(),
  })
})
afterAll(() => office.close())

/** Behind the program's back, as whoever holds the tables could. */
async function asOwner(sql: string, values: readonly unknown[]): Promise<void> {
  const owner = new Client({ connectionString: office.ownerUrl })
  await owner.connect()
  await owner.query(sql, [...values])
  await owner.end()
}

test("軌跡紀錄與全部資料表相符", async () => {
  const { size, findings } = await checkIntegrity(office.runtime)
  expect(findings).toEqual([])
  expect(size).toBeGreaterThan(50)
})

test("未經程式變更之資料列，夜間核對時指名列出，並列為缺失及待辦", async () => {
  await asOwner(
    "update delivery set detail = jsonb_set(detail, '{comparison,accessedRecords}', '26') where id = $1",
    [story.id],
  )
  const { findings } = await checkIntegrity(office.runtime)
  expect(findings).toEqual([{ kind: "aggregate-changed", aggregate: "delivery", id: story.id }])
  await checkIntegrityNightly(office.runtime)
  const { body: tasks } = await (await office.as("ethics-officer")).get<Task[]>("/tasks")
  expect(tasks.map((task) => task.title)).toContain("資料表內容與軌跡紀錄不符，可能未經程式而遭變更")
})

test("閱覽軌跡紀錄之權限：政風室、稽核小組及局長；閱覽本身亦予紀錄", async () => {
  expect((await story.handler.get("/ledger")).status).toBe(403)
  expect((await (await office.as("administrator")).get("/ledger")).status).toBe(403)
  const ethics = await office.as("ethics-officer")
  await ethics.get("/ledger")
  const { body } = await ethics.get<{ items: { kind: string }[] }>("/ledger?kind=ledger-read")
  expect(body.items.length).toBeGreaterThan(0)
})
