import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { expectWellMade, openDesks, press, type Desks } from "../support/browser.ts"
import { freePort, startServer, type ServerProcess } from "../support/server-process.ts"

let directory: string
let server: ServerProcess
let desks: Desks
let page: Page

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "hushou-roster-"))
  server = await startServer(directory, await freePort())
  desks = await openDesks(server.origin)
  ;({ page } = await desks.personAt("administrator"))
})
afterAll(async () => {
  await desks.close()
  expect(await server.stop()).toBe(0)
  await rm(directory, { recursive: true, force: true })
})

const HEADER = "單位代碼,姓名,職稱,職務,員工編號,電子郵件"

async function choose(...rows: readonly string[]): Promise<void> {
  await page.goto(`${server.origin}/people/import`)
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByLabel("CSV（UTF-8 或 Big5）或 ODS").click(),
  ])
  const buffer = Buffer.from([HEADER, ...rows].join("\r\n"))
  await chooser.setFiles({ name: "people.csv", mimeType: "text/csv", buffer })
}

test("2-1 使用者清冊之基準日及條件存於網址，重新整理後仍在", async () => {
  await page.goto(`${server.origin}/people/roster?search=%E6%9E%97`)
  await page.getByRole("link", { name: "林承辦" }).waitFor()
  await expectWellMade(page)
  expect(await page.getByRole("cell", { name: "查詢使用權限人員" }).count()).toBe(1)
  await page.goto(`${server.origin}/people/roster?on=2020-01-01`)
  await page.getByText("該日查無使用者").waitFor()
})

test("2-1 匯入前逐項列出變更及錯誤；確認後恰為所列", async () => {
  await choose("疾管,甲,技士,業務單位承辦人,,不是信箱")
  await page.getByText("第 2 列：「電子郵件」未填或格式不符，請更正此格。").waitFor()
  expect(await page.getByRole("button", { name: /確認匯入/ }).count()).toBe(0)
  await expectWellMade(page)

  await choose(
    "疾管,林承辦,技正,單位主管,A001,handler@health.example",
    "資訊,郭新進,技佐,資訊室承辦人,A002,a002@health.example",
  )
  await page.getByText("職稱：技士 → 技正").waitFor()
  await page.getByText("終止：疾病管制科 業務單位承辦人").waitFor()
  await expectWellMade(page)
  await press(page, "確認匯入 3 項")
  await page.getByText("已匯入 3 項。").waitFor()
  await page.goto(`${server.origin}/people/roster?search=A002`)
  await page.getByRole("link", { name: "郭新進" }).waitFor()
})
