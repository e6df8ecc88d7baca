import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Client } from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import {
  checkClock,
  checkIntegrity,
  checkIntegrityNightly,
  checkWitness,
  watchClock,
} from "../../src/app/integrity.ts"
import { epochMs, instantOf, type Instant } from "../../src/kernel/time.ts"
import { rememberHead } from "../../src/ledger/index.ts"
import type { Task } from "../../src/runtime/index.ts"
import { openOffice, type Office } from "../support/office.ts"
import { accessedFile, done, type Story } from "../support/story.ts"

let office: Office
let story: Story
beforeAll(async () => {
  office = await openOffice()
  story = await accessedFile(office)
  await done(story.handler, `/deliveries/${story.id}/comparison`, {
    accessedRecords: 25,
    explanation: null,
    happenedAt: office.clock.now(),
  })
  expect((await story.handler.drop("/scans", Buffer.from("%PDF-1.7 scan"))).status).toBe(200)
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

const CLOCK_BACK = "系統時間曾倒退"
const CLOCK_FORWARD = "系統時間於執行中遭調快"
const OLD_BACKUP = "軌跡紀錄筆數少於先前簽章點，資料庫可能由備份還原"

const later = (instant: Instant, hours: number) => instantOf(epochMs(instant) + hours * 3_600_000)

async function openFindings(title: string): Promise<readonly Task[]> {
  const { body: tasks } = await (await office.as("ethics-officer")).get<Task[]>("/tasks")
  return tasks.filter((task) => task.title === title)
}

async function acknowledge(title: string): Promise<void> {
  const ethics = await office.as("ethics-officer")
  const { body } = await ethics.get<{ items: { id: string; title: string }[] }>("/inbox")
  await done(ethics, `/inbox/${body.items.find((item) => item.title === title)?.id ?? ""}/acknowledge`, {})
}

test("系統時間遭調快或倒退，各列為缺失一次；政風室知悉後不再列", async () => {
  const before = office.clock.now()
  let elapsed = 0
  const look = watchClock(office.runtime, () => elapsed)
  office.clock.set(later(before, 5))
  elapsed += 5 * 3_600_000
  await look()
  expect(await openFindings(CLOCK_FORWARD)).toEqual([])

  office.clock.set(later(before, 35))
  elapsed += 15_000
  await look()
  await look()
  expect(await openFindings(CLOCK_FORWARD)).toHaveLength(1)

  office.clock.set(before)
  elapsed += 15_000
  await look()
  await checkClock(office.runtime)
  await checkIntegrityNightly(office.runtime)
  expect(await openFindings(CLOCK_BACK)).toHaveLength(1)

  await acknowledge(CLOCK_BACK)
  await checkIntegrityNightly(office.runtime)
  expect(await openFindings(CLOCK_BACK)).toEqual([])
})

test("以舊備份置換資料庫者，金鑰旁所存簽章點令其現形，列為缺失一次；政風室知悉前不以新者代之", async () => {
  const keys = await mkdtemp(join(tmpdir(), "witness-"))
  await rememberHead(office.runtime.db, office.runtime.ledger, keys)
  await checkWitness(office.runtime, keys)
  const older = await readFile(join(keys, "ledger.checkpoint"), "utf8")
  for (const table of ["ledger_entry", "ledger_checkpoint", "ledger_payload"])
    await asOwner(`alter table ${table} disable trigger ledger_append_only`, [])
  const { size } = await office.runtime.db
    .selectFrom("ledger_checkpoint")
    .select((eb) => eb.fn.min<number>("size").as("size"))
    .executeTakeFirstOrThrow()
  await asOwner("delete from ledger_entry where index >= $1", [size])
  await asOwner("delete from ledger_payload where batch >= $1", [size])
  await asOwner("delete from ledger_checkpoint where size > $1", [size])

  for (const _ of [1, 2, 3]) await checkWitness(office.runtime, keys)
  expect(await openFindings(OLD_BACKUP)).toHaveLength(1)
  expect(await readFile(join(keys, "ledger.checkpoint"), "utf8")).toBe(older)

  await acknowledge(OLD_BACKUP)
  await checkWitness(office.runtime, keys)
  expect(await readFile(join(keys, "ledger.checkpoint"), "utf8")).not.toBe(older)
  await checkWitness(office.runtime, keys)
  expect(await openFindings(OLD_BACKUP)).toEqual([])
  await rm(keys, { recursive: true })
})
