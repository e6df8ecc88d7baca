import { ZipReader, Uint8ArrayReader } from "@zip.js/zip.js"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { SettingsView } from "../../src/contract/settings.ts"
import { DEMO_PASSWORD } from "../../src/app/demo/seed.ts"
import { openOffice, stranger, type Office } from "../support/office.ts"

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

test("設定頁所示為現行參數及簽章點保管人，不含任何密碼或金鑰", async () => {
  const answer = await (await office.as("handler")).get<SettingsView>("/settings")
  expect(answer.body.pack).toEqual(office.runtime.pack)
  expect(answer.body).toMatchObject({ origin: office.runtime.origin, mailIsSent: true })
  expect(answer.body.checkpointHolders).toMatchObject([{ role: "ethics-officer", unitName: "政風室" }])
  const text = answer.bytes.toString()
  for (const secret of [DEMO_PASSWORD, office.sim.sftp.password, office.directory])
    expect(text).not.toContain(secret)
  expect((await stranger(office).get("/settings")).status).toBe(401)
})

test("AGPL-3.0 第13條：未登入者亦得下載執行中程式之原始碼，其中無資料或金鑰", async () => {
  const { status, bytes, headers } = await stranger(office).get("/source")
  expect([status, headers["content-type"]]).toEqual([200, "application/zip"])
  const entries = await new ZipReader(new Uint8ArrayReader(bytes)).getEntries()
  const names = entries.map((entry) => entry.filename)
  expect(names).toEqual(
    expect.arrayContaining([
      "hushou/LICENSE",
      "hushou/package.json",
      "hushou/src/app/main.ts",
      "hushou/.npmrc",
    ]),
  )
  expect(
    names.filter((name) => /^hushou\/(data|keys|dist|node_modules|\.git|\.env$)(\/|$)/.test(name)),
  ).toEqual([])
})
