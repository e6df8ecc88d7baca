import { mkdtemp, readFile, rm } from "node:fs/promises"
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
  directory = await mkdtemp(join(tmpdir(), "hushou-format-"))
  server = await startServer(directory, await freePort())
  desks = await openDesks(server.origin)
})
afterAll(async () => {
  await desks.close()
  await server.stop()
  await rm(directory, { recursive: true, force: true })
})

async function at(login: string): Promise<Page> {
  return (await desks.personAt(login)).page
}

/** Drops the provider's mail where a pointer would let it go; gives whether the page kept it from the browser. */
async function dropMail(page: Page, onto: string): Promise<boolean> {
  const eml = await readFile(join(directory, "data/provider-sim/notices/newborn-115.txt.eml"), "utf8")
  return page.evaluate<boolean>(`(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([${JSON.stringify(eml)}], "newborn-115.txt.eml"))
    const target = document.querySelector(${JSON.stringify(onto)})
    return !target.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }))
  })()`)
}

test("6-1a 郵件可拖放登錄並取出；6-3a 格式有誤者，於畫面更正至計得筆數為止", async () => {
  const handler = await at("handler")
  await handler.goto(`${server.origin}/deliveries`)
  await press(handler, "登錄提供機關通知")
  const dialog = handler.getByRole("dialog")
  await dialog.getByText("選擇檔案，或將檔案拖放至此").waitFor()
  expect(await dropMail(handler, "body"), "dropped beside the field").toBe(true)
  expect(await dialog.getByText("已保存").count()).toBe(0)
  await dropMail(handler, "[role=dialog] .mantine-FileInput-input")
  await dialog.getByText("已保存").waitFor()
  await dialog.getByLabel(/^專案/).selectOption({ index: 1 })
  await dialog.getByLabel(/^通知筆數/).fill("1200")
  await dialog.getByRole("textbox", { name: /^申請筆數/ }).fill("1200")
  await dialog.getByLabel("檔案名稱").fill("newborn-115.txt")
  await press(handler, "登錄")
  const mail = handler.waitForEvent("download")
  await handler.getByRole("link", { name: "取出原始郵件（.eml）" }).click()
  expect((await mail).suggestedFilename()).toBe("D115-0001.eml")
  await press(handler, "通知資訊室下載")
  await pressInDialog(handler, "送出通知")
  await handler.getByRole("cell", { name: /^通知資訊室下載/ }).waitFor()

  const it = await at("it-handler")
  await it.goto(handler.url())
  await press(it, "下載資料檔案")
  await it.getByRole("option", { name: /newborn.* 位元組/ }).waitFor({ state: "attached" })
  await it.getByLabel(/^檔案/).selectOption("/newborn-115.txt")
  await pressInDialog(it, "開始下載")
  await it.getByText("所設編碼可能有誤").waitFor()
  await correctTheFormat(it)
})

/** It was announced as UTF-8 CSV; it is Big5 of fixed length. */
async function correctTheFormat(it: Page): Promise<void> {
  await press(it, "重新計數")
  const dialog = it.getByRole("dialog")
  await dialog.getByLabel("檔案格式").selectOption("fixed")
  await dialog.getByLabel("編碼").selectOption("big5")
  await dialog.getByLabel("換行", { exact: true }).selectOption("none")
  await dialog.getByLabel(/^每筆位元組數/).fill("99")
  await dialog.getByRole("button", { name: "重新計數", exact: true }).click()
  await dialog.getByText("已重新計數，仍無法計得筆數").waitFor()
  await expectWellMade(it)
  await dialog.getByLabel(/^每筆位元組數/).fill("100")
  await pressInDialog(it, "重新計數")
  await it.getByText("24 個字碼無法解讀").click()
  await it
    .getByRole("listitem")
    .filter({ hasText: /位置 \d+：FA4\d/ })
    .nth(23)
    .waitFor()
  await expectWellMade(it)
}
