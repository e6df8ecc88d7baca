import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { expectWellMade, openDesks, press, pressInDialog, type Desks } from "../support/browser.ts"
import { freePort, startServer, type ServerProcess } from "../support/server-process.ts"

let directory: string
let server: ServerProcess
let desks: Desks

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "hushou-movers-"))
  server = await startServer(directory, await freePort())
  desks = await openDesks(server.origin)
})
afterAll(async () => {
  await desks.close()
  expect(await server.stop()).toBe(0)
  await rm(directory, { recursive: true, force: true })
})

test("5-4a 5-4b 登錄離職，權限即止，主管知會兩室、接任人員點收，各畫面無障礙", async () => {
  const { page: administrator } = await desks.personAt("administrator")
  await administrator.goto(`${server.origin}/personnel-changes`)
  await expectWellMade(administrator)
  await press(administrator, "登錄職務異動")
  const dialog = administrator.getByRole("dialog")
  await dialog.getByLabel(/異動人員之單位/).selectOption({ label: "疾病管制科" })
  await dialog.getByLabel(/^異動人員(?!之)/).selectOption({ label: "技士 林承辦" })
  await dialog.getByLabel(/異動種類/).selectOption({ label: "離職" })
  await dialog.getByLabel(/接任人員/).selectOption({ label: "衛生稽查員 張代理" })
  await expectWellMade(administrator)
  await pressInDialog(administrator, "登錄")
  await administrator.getByRole("heading", { name: /^H\d+-0001/, level: 1 }).waitFor()

  const { page: head } = await desks.personAt("supervisor")
  await head.getByRole("link", { name: /知會資訊室職務異動/ }).click()
  await head.getByText("不得結案").waitFor()
  await expectWellMade(head)
  for (const office of ["資訊室", "政風室"]) {
    await press(head, `知會${office}`)
    await expectWellMade(head)
    await pressInDialog(head, "送出通知")
  }
  const { page: successor } = await desks.personAt("deputy")
  await successor.getByRole("link", { name: /點收移交事項/ }).click()
  await press(successor, "點收")
  await expectWellMade(successor)
})
