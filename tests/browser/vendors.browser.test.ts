import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { expectWellMade, openDesks, press, pressInDialog, type Desks } from "../support/browser.ts"
import { freePort, startServer, type ServerProcess } from "../support/server-process.ts"

let directory: string
let server: ServerProcess
let desks: Desks

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "hushou-vendors-"))
  server = await startServer(directory, await freePort())
  desks = await openDesks(server.origin)
})
afterAll(async () => {
  await desks.close()
  expect(await server.stop()).toBe(0)
  await rm(directory, { recursive: true, force: true })
})

let papers = 0

/** A scan of its own for every signed document. */
async function attach(page: Page): Promise<void> {
  const path = join(directory, `paper-${papers++}.pdf`)
  await writeFile(path, `%PDF-1.7 ${path}`)
  const choosing = page.waitForEvent("filechooser")
  await page.getByRole("dialog").getByLabel("掃描檔").click()
  await (await choosing).setFiles(path)
  await page.getByText("掃描檔已保存").waitFor()
}

async function fill(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values))
    await page.getByRole("dialog").getByLabel(label).fill(value)
}

/** Closed once the server has accepted it. */
async function save(page: Page, name = "儲存"): Promise<void> {
  await expectWellMade(page)
  await pressInDialog(page, name)
}

test("5-8a 承辦人登錄廠商、契約及保密措施，系統管理者新增人員，主管確認後生效", async () => {
  const { page } = await desks.personAt("handler")
  await page.getByRole("link", { name: "委外廠商" }).click()
  await page.getByText("尚無委外廠商").waitFor()
  await press(page, "登錄委外廠商")
  await fill(page, { 統一編號: "10000009", 廠商名稱: "戶資系統股份有限公司", 聯絡人: "何聯絡" })
  await fill(page, { 電子郵件: "contact@vendor.example", 電話: "02-2720-8889" })
  await save(page)
  await page.getByRole("link", { name: "戶資系統股份有限公司" }).click()
  await press(page, "登錄委外契約")
  await fill(page, { 契約編號: "委外字第115001號", 契約名稱: "戶役政連結作業維護" })
  await save(page)
  await page.getByText("尚未簽訂保密措施").waitFor()

  const { page: administrator } = await desks.personAt("administrator")
  await administrator.goto(page.url())
  await press(administrator, "新增廠商人員")
  await fill(administrator, { 姓名: "曾工程", 職稱: "工程師", 電子郵件: "engineer@vendor.example" })
  await save(administrator)
  await administrator.getByRole("row", { name: /曾工程/ }).waitFor()

  await press(page, "登錄保密措施")
  await fill(page, { 文號: "北市衛疾字第1150001號" })
  await attach(page)
  await save(page)
  await expectWellMade(page)
  await page.getByRole("link", { name: "北市衛疾字第1150001號" }).click()
  await press(page, "列入廠商人員")
  await page.getByRole("dialog").getByLabel("廠商人員").selectOption({ label: "工程師 曾工程" })
  await fill(page, { 文號: "切結第1號" })
  await attach(page)
  await save(page)
  await page.getByRole("row", { name: /曾工程/ }).waitFor()
  await expectWellMade(page)

  const { page: head } = await desks.personAt("supervisor")
  await head.getByRole("link", { name: /確認保密措施/ }).click()
  await press(head, "確認保密措施")
  await save(head, "確認保密措施")
  await head.getByText("生效中", { exact: true }).waitFor()
  await head.getByText("下次查核期限").waitFor()
  await expectWellMade(head)
})

test("5-8a 提前終止後列為終止，並提示應登錄返還或刪除切結", async () => {
  const { page } = await desks.personAt("handler")
  await page.goto(`${server.origin}/vendors`)
  await page.getByRole("link", { name: "戶資系統股份有限公司" }).click()
  await page.getByRole("link", { name: "北市衛疾字第1150001號" }).click()
  await press(page, "登錄查核")
  await fill(page, { 查核情形: "權限與人員相符" })
  await save(page)
  await page.getByRole("row", { name: /權限與人員相符/ }).waitFor()
  await press(page, "提前終止")
  await fill(page, { 理由: "契約解除" })
  await save(page, "提前終止")
  await page.getByText("已屆滿或終止").waitFor()
  await press(page, "登錄返還或刪除切結")
  await fill(page, { 文號: "切結第2號" })
  await attach(page)
  await save(page)
  await page.getByRole("link", { name: "切結第2號" }).waitFor()
  await expectWellMade(page)
})
