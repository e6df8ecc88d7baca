import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { DEMO_PASSWORD } from "../../src/app/demo/seed.ts"
import { expectWellMade, openDesks, press, type Desks } from "../support/browser.ts"
import { openOffice, type Office } from "../support/office.ts"
import { freePort } from "../support/server-process.ts"

let office: Office
let desks: Desks
let page: Page

beforeAll(async () => {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  office = await openOffice("2026-08-25T04:00:00.000Z", undefined, origin)
  await office.server.listen({ host: "127.0.0.1", port })
  desks = await openDesks(origin)
  ;({ page } = await desks.personAt("administrator"))
})
afterAll(async () => {
  await desks.close()
  await office.close()
})

const NEW = "Renewed in autumn 2026"

test("我的帳號：密碼效期、工作階段、裝置及紀錄", async () => {
  await page.getByRole("link", { name: "王系統" }).click()
  await page.getByRole("heading", { name: "我的帳號", level: 1 }).waitFor()
  await page.getByText("115年11月25日").first().waitFor()
  await page.getByRole("table", { name: "登入中之工作階段" }).getByText("（本工作階段）").waitFor()
  await expectWellMade(page)
})

test("5-3a 逾三個月者，登入後先更新密碼；畫面上已輸入之內容不失", async () => {
  await page.goto(`${office.runtime.origin}/people`)
  await press(page, "新增單位")
  await page.getByRole("dialog").getByLabel("單位名稱").fill("長期照護科")
  office.clock.set("2026-11-25T16:00:00.000Z")
  await page.getByRole("dialog").getByLabel(/代碼/).fill("長照")
  await page
    .getByRole("dialog")
    .getByLabel(/上級單位/)
    .selectOption({ label: "臺北市政府衛生局" })
  await page.getByRole("dialog").getByRole("button", { name: "儲存" }).click()
  const again = page.getByRole("dialog", { name: "登入" })
  await again.getByLabel("帳號").fill("administrator")
  await again.getByLabel("密碼").fill(DEMO_PASSWORD)
  await again.getByRole("button", { name: "登入", exact: true }).click()
  await again.getByLabel("目前密碼").fill(DEMO_PASSWORD)
  await again.getByLabel(/^新密碼/).fill(NEW)
  await again.getByLabel("再次輸入新密碼").fill(NEW)
  await expectWellMade(page)
  await again.getByRole("button", { name: "更新密碼" }).click()
  await again.waitFor({ state: "hidden" })
  await page.getByText("長期照護科").first().waitFor()
})

test("5-3a 自登入畫面登入者，僅見更新密碼之畫面", async () => {
  const context = await page.context().browser()?.newContext({ locale: "zh-TW" })
  if (context === undefined) throw new Error("the browser is gone")
  const other = await context.newPage()
  await other.goto(office.runtime.origin)
  await other.getByLabel("帳號").fill("director")
  await other.getByLabel("密碼").fill(DEMO_PASSWORD)
  await other.keyboard.press("Enter")
  await other.getByRole("heading", { name: "密碼已屆更新期限", level: 1 }).waitFor()
  expect(await other.getByRole("navigation").count()).toBe(0)
  await expectWellMade(other)
})
