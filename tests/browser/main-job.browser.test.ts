import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Locator } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { expectWellMade, openDesks, press, type Desks, type Person } from "../support/browser.ts"
import { freePort, startServer, type ServerProcess } from "../support/server-process.ts"

let directory: string
let server: ServerProcess
let desks: Desks

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "hushou-screens-"))
  server = await startServer(directory, await freePort())
  desks = await openDesks(server.origin)
})
afterAll(async () => {
  await desks.close()
  expect(await server.stop()).toBe(0)
  await rm(directory, { recursive: true, force: true })
})

const dialogOf = ({ page }: Person): Locator => page.getByRole("dialog")

/** The screens stand before the page: back to them. */
async function goToList({ page, keys }: Person): Promise<void> {
  await keys.reach(page.getByRole("link", { name: "資料檔案", exact: true }), "Shift+Tab")
  await page.keyboard.press("Enter")
}

/** Back to the list and into the delivery, as somebody does who comes to their desk. */
async function open(person: Person, number: string): Promise<void> {
  const { page, keys } = person
  await goToList(person)
  await keys.follow(number)
  await page.getByRole("heading", { name: number, level: 1 }).waitFor()
}

test("6-1 至 6-3 四人僅以鍵盤辦完一份資料檔案，自登入至比對，各畫面無障礙檢測無缺失", async () => {
  const handler = await desks.personAt("handler")
  await expectWellMade(handler.page)
  await recordProviderNotice(handler)
  await handler.keys.press("通知資訊室下載")
  await handler.keys.pressInDialog("送出通知")
  await handler.page.getByText("待資訊室下載").waitFor()
  await expectWellMade(handler.page)

  const it = await desks.personAt("it-handler")
  await download(it)

  await open(handler, "D115-0001")
  await handler.keys.press("填具登記表")
  await expectWellMade(handler.page)
  await handler.keys.pressInDialog("儲存")
  await handler.page.getByRole("heading", { name: "登記表 115-疾管-0001" }).waitFor()
  await addItHandler(await desks.personAt("administrator"), "何資訊")
  await open(handler, "D115-0001")
  await nameItHandler(handler, "何資訊")
  await nameItHandler(handler, "黃資訊")

  await open(it, "D115-0001")
  await stamp(it, "核章（資訊室承辦人）")
  const supervisor = await desks.personAt("supervisor")
  await supervisor.keys.follow(/核章並註記日期/)
  await stamp(supervisor, "核章（權責人員）")

  await open(it, "D115-0001")
  await it.keys.press("提供資料")
  await it.keys.pressInDialog("提供資料")
  await openAndCompare(handler)
  await narrowList(handler, "已比對")
})

async function recordProviderNotice(handler: Person): Promise<void> {
  const { page, keys } = handler
  await keys.follow("資料檔案")
  await keys.press("登錄提供機關通知")
  const dialog = dialogOf(handler)
  await keys.choose(dialog.getByLabel(/^專案/), /115年度幼兒預防接種催注/)
  const notice = join(directory, "data/provider-sim/notices/household-115.csv.eml")
  await keys.chooseFile(dialog.getByLabel(/^提供機關通知郵件原始檔/), notice)
  await page.getByText("已保存").waitFor()
  await keys.type(dialog.getByLabel(/^通知筆數/), "1200")
  const applied = dialog.getByRole("textbox", { name: /^申請筆數/ })
  await keys.reach(dialog.getByRole("radio", { name: "申請特定筆數", exact: true }))
  await page.keyboard.press("ArrowDown")
  await applied.waitFor({ state: "hidden" })
  await page.keyboard.press("ArrowUp")
  await keys.type(applied, "1200")
  await keys.type(dialog.getByLabel("檔案名稱"), "household-115.csv")
  await expectWellMade(page)
  await keys.press("登錄", dialog)
  await page.getByRole("heading", { name: "D115-0001", level: 1 }).waitFor()
}

/** From the task to the file, and the word back to the handler. */
async function download(it: Person): Promise<void> {
  const { page, keys } = it
  await keys.follow(/下載資料檔案/)
  await keys.press("下載資料檔案")
  await keys.choose(dialogOf(it).getByLabel(/^檔案/), /household-115/)
  await keys.pressInDialog("開始下載")
  await page.getByText("已下載").first().waitFor()
  await keys.press("通知承辦人存取")
  await keys.pressInDialog("送出通知")
}

async function addItHandler(administrator: Person, name: string): Promise<void> {
  const { page, keys } = administrator
  await keys.follow("人員與單位")
  await keys.press("新增人員")
  const dialog = dialogOf(administrator)
  await keys.type(dialog.getByLabel("姓名"), name)
  await keys.type(dialog.getByLabel(/^職稱/), "分析師")
  await keys.type(dialog.getByLabel("電子郵件"), "second-it@health.example")
  await keys.choose(dialog.getByLabel("單位"), "資訊室")
  await keys.choose(dialog.getByLabel("職務"), "資訊室承辦人")
  await expectWellMade(page)
  await keys.pressInDialog("儲存")
}

/** Column 7 before the stamps: who of 資訊室 will stamp. */
async function nameItHandler(handler: Person, name: string): Promise<void> {
  const { page, keys } = handler
  await keys.press("變更登記表")
  await keys.choose(dialogOf(handler).getByLabel(/^資訊室承辦人/), `分析師 ${name}`)
  await keys.pressInDialog("儲存")
  await page.getByRole("region", { name: "登記表" }).getByText(name).waitFor()
}

/** 6-2b, 6-2c: the year of 註記日期 is typed over, then the stamp. */
async function stamp(person: Person, act: string): Promise<void> {
  const { page, keys } = person
  await keys.press(act)
  await keys.reach(dialogOf(person).getByRole("spinbutton", { name: /年/ }))
  await page.keyboard.type("115")
  await expectWellMade(page)
  await keys.pressInDialog("核章")
}

async function openAndCompare(handler: Person): Promise<void> {
  const { page, keys } = handler
  await open(handler, "D115-0001")
  await keys.press("開啟資料檔案")
  const saved = page.waitForEvent("download")
  await keys.pressInDialog("開啟資料檔案")
  expect((await saved).suggestedFilename()).toBe("household-115.csv")
  await open(handler, "D115-0001")
  await keys.press("比對筆數")
  await keys.type(dialogOf(handler).getByLabel(/^取得筆數/), "1200")
  await expectWellMade(page)
  await keys.pressInDialog("紀錄於比對狀況欄")
  await page.getByText("已比對").first().waitFor()
}

/** Each arrow asks the server for another list; the focus stays where the next arrow needs it. */
async function narrowList(person: Person, state: string): Promise<void> {
  const { page, keys } = person
  await goToList(person)
  await keys.choose(page.getByLabel("進度"), state)
  await page.waitForURL(/state=compared/)
  await page.getByRole("link", { name: "D115-0001" }).waitFor()
}

test("5-5c 主管結案後，登記簿於畫面及手機上依官定欄序列出；紀錄可驗證", async () => {
  const supervisor = await desks.personAt("supervisor")
  await open(supervisor, "D115-0001")
  await supervisor.keys.press("確認比對狀況並核章")
  await supervisor.keys.pressInDialog("確認並核章")
  await supervisor.page.getByText("使用中").first().waitFor()

  for (const viewport of [
    { width: 1366, height: 768 },
    { width: 360, height: 740 },
  ]) {
    const { page: reader } = await desks.personAt("handler", viewport)
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

  const { page: ethics } = await desks.personAt("ethics-officer")
  await ethics.goto(`${server.origin}/ledger`)
  await ethics.getByRole("cell", { name: "主管確認比對狀況" }).first().waitFor()
  await press(ethics, "驗證")
  await ethics.getByText("驗證無誤").waitFor()
  await expectWellMade(ethics)
})
