import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { expectWellMade, openDesks, press, pressInDialog, type Desks } from "../support/browser.ts"
import { freePort, startServer, type ServerProcess } from "../support/server-process.ts"

let directory: string
let server: ServerProcess
let desks: Desks
let page: Page

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "hushou-administration-"))
  server = await startServer(directory, await freePort())
  desks = await openDesks(server.origin)
  ;({ page } = await desks.personAt("administrator"))
})
afterAll(async () => {
  await desks.close()
  expect(await server.stop()).toBe(0)
  await rm(directory, { recursive: true, force: true })
})

const open = async (path: string, heading: string) => {
  await page.goto(`${server.origin}${path}`)
  await page.getByRole("heading", { name: heading, level: 1 }).waitFor()
}

test("2-1 各管理畫面無障礙，深淺配色及手機寬度皆然", async () => {
  for (const [path, heading] of [
    ["/", "我的待辦"],
    ["/people", "人員與單位"],
    ["/outside-accounts", "外部帳號"],
    ["/deliveries/projects", "專案與專人"],
    ["/deliveries/providers", "提供機關與連結作業"],
    ["/deliveries", "資料檔案"],
    ["/register", "登記簿"],
    ["/vendors", "委外廠商"],
    ["/settings", "設定"],
    ["/no-such-page", "查無此頁"],
  ] as const) {
    await open(path, heading)
    await expectWellMade(page)
  }
})

test("手機寬度下以鍵盤開啟選單、前往設定，焦點隨之；超出頁數之網址回到末頁", async () => {
  await page.setViewportSize({ width: 360, height: 740 })
  await open("/", "我的待辦")
  await page.keyboard.press("Tab")
  expect(await page.locator(":focus").textContent()).toBe("跳至主要內容")
  await page.keyboard.press("Tab")
  await page.keyboard.press("Enter")
  await page.getByRole("dialog").getByRole("link", { name: "設定" }).waitFor()
  const focused = page.locator(":focus")
  for (let tabs = 0; tabs < 12 && (await focused.textContent()) !== "設定"; tabs++)
    await page.keyboard.press("Tab")
  await page.keyboard.press("Enter")
  await page.getByRole("heading", { name: "設定", level: 1 }).waitFor()
  await page.locator("main:focus").waitFor()
  await page.goto(`${server.origin}/people?page=99`)
  await page.waitForURL(/page=1$/)
  await page.getByRole("row", { name: /林承辦/ }).waitFor()
  await page.setViewportSize({ width: 1366, height: 768 })
})

test("帳號：重發連結、本人設定密碼、停用及恢復使用", async () => {
  await open("/people", "人員與單位")
  const row = page.getByRole("row", { name: /林承辦/ })
  await row.getByText("使用中").waitFor()
  await press(page, "管理：林承辦")
  await expectWellMade(page)
  await page.getByRole("dialog").getByRole("button", { name: "確定" }).click()
  const link = await page.getByLabel("一次性連結").inputValue()
  await expectWellMade(page)
  await pressInDialog(page, "完成")

  await press(page, "管理：林承辦")
  await page.getByLabel("停用帳號").check()
  await page.getByLabel("停用事由").fill("留職停薪")
  await pressInDialog(page, "確定")
  await row.getByText("已停用").waitFor()

  await press(page, "管理：林承辦")
  await page.getByLabel("恢復使用").check()
  await pressInDialog(page, "確定")
  await row.getByText("使用中").waitFor()

  await page.goto(link)
  await expectWellMade(page)
  await page.getByLabel("密碼").fill("A longer password 1")
  await page.getByRole("button", { name: "確定" }).click()
  await page.getByText("此連結無效").waitFor()
})

test("職務代理人：登錄、列示、終止", async () => {
  await open("/people", "人員與單位")
  await press(page, "登錄職務代理人")
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel(/^單位/).selectOption({ label: "疾病管制科" })
  await dialog.getByLabel("被代理人").selectOption({ label: "科長 陳主管" })
  await dialog.getByLabel(/^代理人(?!之)/).selectOption({ label: "衛生稽查員 張代理" })
  await expectWellMade(page)
  await pressInDialog(page, "儲存")
  const panel = page.getByRole("region", { name: "職務代理人" })
  await panel.getByRole("row", { name: /陳主管.*張代理.*代理中/ }).waitFor()
  await press(page, "終止代理：張代理")
  await pressInDialog(page, "終止代理")
  await panel.getByText("目前無職務代理").waitFor()
  await panel.getByLabel("併列已終止者").check()
  await panel.getByRole("row", { name: /陳主管.*張代理.*已終止/ }).waitFor()
  await expectWellMade(page)
})

test("外部帳號：登錄、申請註銷、確認註銷", async () => {
  await open("/outside-accounts", "外部帳號")
  await press(page, "登錄外部帳號")
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel("提供機關").selectOption({ label: "臺北市政府民政局" })
  await dialog.getByLabel("系統名稱").fill("戶役政資訊系統")
  await dialog.getByLabel("帳號名稱").fill("tpe-health-01")
  await dialog.getByLabel("持有人之單位").selectOption({ label: "疾病管制科" })
  await dialog.getByLabel(/^持有人(?!之)/).selectOption({ label: "技士 林承辦" })
  await expectWellMade(page)
  await pressInDialog(page, "儲存")
  await page.getByRole("row", { name: /戶役政資訊系統.*林承辦.*使用中/ }).waitFor()
  await press(page, "申請註銷：戶役政資訊系統 tpe-health-01")
  await dialog.getByLabel("申請註銷文號").fill("北市衛資字第1150009999號")
  await dialog.getByLabel("註銷事由").fill("不再使用")
  await pressInDialog(page, "登錄")
  await page.getByRole("row", { name: /已申請註銷/ }).waitFor()
  await expectWellMade(page)
  await press(page, "確認註銷：戶役政資訊系統 tpe-health-01")
  await pressInDialog(page, "登錄")
  await page.getByText("尚無外部帳號").waitFor()
  await page.getByLabel("併列已註銷者").check()
  await page.getByRole("row", { name: /戶役政資訊系統.*林承辦.*已註銷/ }).waitFor()
})

test("辦公日曆：匯入前先示變更，Google 行事曆專用版說明原因，匯入後列為現行版本", async () => {
  const shipped = join(import.meta.dirname, "../../src/regulation/period/calendars/2027-1.csv")
  const later = join(directory, "2027.csv")
  await writeFile(later, (await readFile(shipped, "utf8")).replace("20270104,一,0,", "20270104,一,2,"))
  const google = join(directory, "google.csv")
  await writeFile(google, "Subject,Start Date,Start Time\n")

  await open("/settings", "設定")
  await press(page, "匯入辦公日曆")
  const file = page.getByRole("dialog").locator("input[type=file]")
  await file.setInputFiles(google)
  await page.getByText("這是「Google 行事曆」專用版").waitFor()
  await expectWellMade(page)
  await file.setInputFiles(later)
  await page.getByText("改為放假").waitFor()
  await page.getByText("民國116年1月4日").waitFor()
  await expectWellMade(page)
  await page.getByRole("dialog").getByRole("button", { name: "匯入", exact: true }).click()
  await page.getByText("已匯入 2027-2").waitFor()
  await pressInDialog(page, "完成")
  await page.getByRole("row", { name: /2027-2/ }).waitFor()

  await page.getByRole("button", { name: "登出" }).click()
  await page.getByRole("heading", { name: "登入", level: 1 }).waitFor()
  await expectWellMade(page)
  const source = page.waitForEvent("download")
  await page.getByRole("link", { name: "原始碼" }).click()
  expect((await source).suggestedFilename()).toMatch(/source\.zip$/)
})
