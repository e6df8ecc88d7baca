import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { expectWellMade, personAt, press, pressInDialog, type Person } from "../support/browser.ts"
import { freePort, startServer, type ServerProcess } from "../support/server-process.ts"

let directory: string
let server: ServerProcess
const people: Person[] = []

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "hushou-screens-"))
  server = await startServer(directory, await freePort())
})
afterAll(async () => {
  for (const person of people) await person.close()
  expect(await server.stop()).toBe(0)
  await rm(directory, { recursive: true, force: true })
})

async function at(login: string, viewport?: { width: number; height: number }): Promise<Page> {
  const person = await personAt(server.origin, login, viewport)
  people.push(person)
  return person.page
}

/** Opens the delivery's page anew, as somebody does who comes to their desk. */
async function open(page: Page, number: string): Promise<void> {
  await page.goto(`${server.origin}/deliveries`)
  await page.getByRole("link", { name: number }).click()
  await page.getByRole("heading", { name: new RegExp(number) }).waitFor()
}

test("6-1 至 6-3 四人於畫面上辦完一份資料檔案，各畫面無障礙檢測無缺失", async () => {
  const handler = await at("handler")
  await expectWellMade(handler)
  await handler.getByRole("link", { name: "資料檔案" }).click()
  await press(handler, "登錄提供機關通知")
  await handler.getByLabel(/^專案/).selectOption({ index: 1 })
  await handler
    .locator("input[type=file]")
    .setInputFiles(join(directory, "data/provider-sim/notices/household-115.csv.eml"))
  await handler.getByText("已保存").waitFor()
  await handler.getByLabel(/^通知筆數/).fill("1200")
  await handler.getByRole("textbox", { name: /^申請筆數/ }).fill("1200")
  await handler.getByLabel("檔案名稱").fill("household-115.csv")
  await expectWellMade(handler)
  await press(handler, "登錄")
  await handler.getByRole("heading", { name: /D115-0001/ }).waitFor()
  await press(handler, "通知資訊室下載")
  await pressInDialog(handler, "送出通知")
  await handler.getByText("待資訊室下載").waitFor()
  await expectWellMade(handler)

  const it = await at("it-handler")
  await it.getByRole("link", { name: /下載資料檔案/ }).click()
  await press(it, "下載資料檔案")
  await it.getByRole("option", { name: /household-115/ }).waitFor({ state: "attached" })
  await it.getByLabel(/^檔案/).selectOption({ index: 1 })
  await pressInDialog(it, "開始下載")
  await it.getByText("已下載").first().waitFor()
  await press(it, "通知承辦人存取")
  await pressInDialog(it, "送出通知")

  await open(handler, "D115-0001")
  await press(handler, "填具登記表")
  await expectWellMade(handler)
  await pressInDialog(handler, "儲存")
  await handler.getByRole("heading", { name: "登記表 115-疾管-0001" }).waitFor()
  await addItHandler(await at("administrator"), "何資訊")
  await open(handler, "D115-0001")
  await nameItHandler(handler, "何資訊")
  await nameItHandler(handler, "黃資訊")

  await open(it, "D115-0001")
  await press(it, "核章（資訊室承辦人）")
  await expectWellMade(it)
  await pressInDialog(it, "核章")

  await stampByKeyboard(await at("supervisor"))

  await open(it, "D115-0001")
  await press(it, "提供資料")
  await pressInDialog(it, "提供資料")

  await open(handler, "D115-0001")
  await press(handler, "開啟資料檔案")
  const saved = handler.waitForEvent("download")
  await pressInDialog(handler, "開啟資料檔案")
  expect((await saved).suggestedFilename()).toBe("household-115.csv")
  await open(handler, "D115-0001")
  await press(handler, "比對筆數")
  await expectWellMade(handler)
  await handler.getByLabel(/^取得筆數/).fill("1200")
  await pressInDialog(handler, "紀錄於比對狀況欄")
  await handler.getByText("已比對").first().waitFor()
})

async function addItHandler(page: Page, name: string): Promise<void> {
  await page.goto(`${server.origin}/people`)
  await press(page, "新增人員")
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel("姓名").fill(name)
  await dialog.getByLabel(/^職稱/).fill("分析師")
  await dialog.getByLabel("電子郵件").fill("second-it@health.example")
  await dialog.getByLabel("單位").selectOption({ label: "資訊室" })
  await dialog.getByLabel("職務").selectOption({ label: "資訊室承辦人" })
  await expectWellMade(page)
  await pressInDialog(page, "儲存")
}

/** Column 7 before the stamps: who of 資訊室 will stamp. */
async function nameItHandler(page: Page, name: string): Promise<void> {
  await press(page, "變更登記表")
  await page
    .getByRole("dialog")
    .getByLabel(/^資訊室承辦人/)
    .selectOption({ label: `分析師 ${name}` })
  await pressInDialog(page, "儲存")
  await page.getByRole("region", { name: "登記表" }).getByText(name).waitFor()
}

/** 6-2c without a mouse: from the task to the stamp. */
async function stampByKeyboard(page: Page): Promise<void> {
  await page.getByRole("link", { name: /核章並註記日期/ }).focus()
  await page.keyboard.press("Enter")
  await page.getByRole("button", { name: "核章（權責人員）" }).focus()
  await page.keyboard.press("Enter")
  const stamp = page.getByRole("dialog").getByRole("button", { name: "核章", exact: true })
  await stamp.waitFor()
  const focused = page.locator(":focus")
  for (let tabs = 0; tabs < 20 && (await focused.textContent()) !== "核章"; tabs++)
    await page.keyboard.press("Tab")
  await page.keyboard.press("Enter")
  await page.getByRole("dialog").waitFor({ state: "hidden" })
  await page.getByText("陳主管").nth(1).waitFor()
}

test("5-5c 主管結案後，登記簿於畫面及手機上依官定欄序列出；紀錄可驗證", async () => {
  const supervisor = await at("supervisor")
  await open(supervisor, "D115-0001")
  await press(supervisor, "確認比對狀況並核章")
  await pressInDialog(supervisor, "確認並核章")
  await supervisor.getByText("使用中").first().waitFor()

  for (const viewport of [
    { width: 1366, height: 768 },
    { width: 360, height: 740 },
  ]) {
    const reader = await at("handler", viewport)
    await reader.goto(`${server.origin}/register`)
    await reader.getByRole("link", { name: "115-疾管-0001" }).waitFor()
    const heads = await reader.getByRole("columnheader").allTextContents()
    expect(heads).toEqual([
      "編號",
      "提供機關通知時間",
      "資料筆數",
      "使用目的",
      "依據公文文號",
      "業務單位承辦人",
      "承辦人取得資料方式",
      "資訊室承辦人",
      "比對狀況",
      "業務單位主管",
      "銷毀日期",
    ])
    await expectWellMade(reader)
  }

  const ethics = await at("ethics-officer")
  await ethics.goto(`${server.origin}/ledger`)
  await ethics.getByText("主管確認比對狀況").first().waitFor()
  await press(ethics, "驗證")
  await ethics.getByText("驗證無誤").waitFor()
  await expectWellMade(ethics)
})
