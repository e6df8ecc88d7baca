import { Client } from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { openOffice, refusalsIn, type Office } from "../../../../tests/support/office.ts"
import { accessedFile, type Story } from "../../../../tests/support/story.ts"
import { checkIntegrity } from "../../../app/integrity.ts"
import type { Task } from "../../../runtime/index.ts"
import { checkBooks } from "./check-books.ts"

let office: Office
let story: Story
let owner: Client
beforeAll(async () => {
  office = await openOffice()
  story = await accessedFile(office)
  owner = new Client({ connectionString: office.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await office.close()
})

async function brokenBooks(): Promise<number> {
  await checkBooks(office.runtime)
  const { body: tasks } = await (await office.as("ethics-officer")).get<Task[]>("/tasks")
  return tasks.filter(({ title }) => title.endsWith("登記簿編號不連續或與簿冊末號不符")).length
}

test("登記簿編號有缺漏，或簿冊末號遭變更，列為缺失", async () => {
  expect(await brokenBooks()).toBe(0)
  await owner.query("update register_book set last_number = last_number + 1")
  expect(await brokenBooks()).toBe(1)
})

test("登記表歷次版本及失效之職章遭竄改或刪除，夜間核對時指名列出", async () => {
  const changed = { kind: "aggregate-changed", aggregate: "delivery", id: story.id }
  const found = async () => (await checkIntegrity(office.runtime)).findings
  expect(await found()).not.toContainEqual(changed)
  await owner.query("alter table register_entry_version disable trigger user")
  for (const change of [
    "update register_entry_version set reason = 'x' where version = 1",
    "delete from register_entry_version where version = 1",
  ]) {
    await owner.query("begin")
    await owner.query(change)
    await owner.query("commit")
    expect(await found()).toContainEqual(changed)
  }
})

test("遭竄改之資料不得續辦，以免後續作業掩蓋其變更", async () => {
  await owner.query(
    "update delivery set detail = jsonb_set(detail, '{announcement,declaredRecords}', '999') where id = $1",
    [story.id],
  )
  const opened = await story.handler.post(`/deliveries/${story.id}/open`)
  expect(refusalsIn(opened)).toEqual(["RECORD_MISMATCH 機關內部控制"])
  expect((await checkIntegrity(office.runtime)).findings).toContainEqual({
    kind: "aggregate-changed",
    aggregate: "delivery",
    id: story.id,
  })
})
