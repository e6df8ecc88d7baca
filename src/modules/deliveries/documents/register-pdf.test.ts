import { execFileSync } from "node:child_process"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import type { CivilDate, Instant } from "../../../kernel/time.ts"
import { createPdfRenderer } from "../../../platform/documents/typst.ts"
import { aBook, aRow, ORIGIN, variedRows } from "./documents-fixture.ts"
import { REGISTER_COLUMNS } from "./printed-row.ts"
import { checkpointPdf, noticePdf, registerFormPdf, registerPdf } from "./register-pdf.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const renderer = createPdfRenderer({ fontDirectories: [] })
afterAll(() => renderer.close())

const A4_LANDSCAPE = "841.8898 595.2756"
const A4_PORTRAIT = "595.2756 841.8898"

/** Text of each page in the order of drawing, without white space. */
function pagesOf(pdf: Uint8Array): string[] {
  const text = execFileSync("pdftotext", ["-raw", "-", "-"], { input: pdf, encoding: "utf8" })
  return text.split("\f").slice(0, -1).map(squeeze)
}

const squeeze = (text: string) => text.replaceAll(/[\s\u200b]/gu, "")
const mediaBoxes = (pdf: Uint8Array) =>
  [
    ...Buffer.from(pdf)
      .toString("latin1")
      .matchAll(/MediaBox \[0 0 ([\d. ]+)\]/gu),
  ].map((match) => match[1])

describe("登記簿 PDF (F-1)", () => {
  let pdf: Uint8Array
  let pages: string[]
  beforeAll(async () => {
    const rows = [...variedRows(), ...Array.from({ length: 20 }, (_, index) => aRow(index + 7))]
    const closedOn = "2026-12-31" as CivilDate
    pdf = await registerPdf(aBook(rows, { watermark: "示範", closedOn }), renderer.render)
    pages = pagesOf(pdf)
  })

  it("5-5c 十欄依附表順序，每頁皆印", () => {
    for (const page of pages) {
      const positions = ["編號", ...REGISTER_COLUMNS].map((column) => page.indexOf(column))
      expect(positions).not.toContain(-1)
      expect(positions).toEqual(positions.toSorted((a, b) => a - b))
    }
  })

  it("5-5c 每頁為 A4 橫式，載明單位、年度、頁次、政策包及軌跡紀錄號", () => {
    expect(pages.length).toBeGreaterThan(3)
    expect(new Set(mediaBoxes(pdf))).toEqual(new Set([A4_LANDSCAPE]))
    pages.forEach((page, index) => {
      expect(page).toContain("115年度戶役政資料檔案登記簿")
      expect(page).toContain("單位：疾病管制科")
      expect(page).toContain(`第${index + 1}頁，共${pages.length}頁`)
      expect(page).toContain("政策包taipei-health1.0.0軌跡紀錄第48213號")
    })
  })

  it("5-5c 每一編號恰印一次，不因換頁遺漏，封簿註明筆數", () => {
    const all = pages.join("")
    const numbers = [...all.matchAll(/115-疾管-(\d{4})(?!（)/gu)].map((match) => match[1])
    expect(numbers).toEqual(Array.from({ length: 27 }, (_, index) => String(index + 1).padStart(4, "0")))
    expect(all).toContain("本簿於民國115年12月31日封簿，共27筆。")
  })

  it("6-2b 6-2c 職章載明單位職稱、姓名及註記日期，代理者註明", () => {
    expect(pages[0]).toContain("資訊室分析師林志明民國115年11月2日")
    expect(pages.join("")).toContain("張淑芬代理民國115年11月10日")
    expect(pages[0]).toContain("權責人員核章：張淑芬，註記115.11.02，系統115.11.0209:35")
  })

  it("5-5c 作廢、補登、更正及檔案雜湊均列於附註", () => {
    expect(pages[0]).toContain("作廢重複登記，併入115-疾管-0001（陳怡君，115.11.0509:05）")
    expect(pages[0]).toContain("補登提供機關通知時間：事實發生115.11.0409:00，登錄115.11.0810:30，遲4日")
    expect(pages[0]).toContain("更正使用目的：「接觸者追蹤」更正為「接觸者追蹤及通知」（事由：漏載；")
    expect(pages[0]).toContain("資訊室林志明確認")
    expect(pages[0]).toContain("業務單位周美玲（代已離任之張淑芬）確認")
    expect(pages[0]).toContain("SHA-256：9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
    expect(pages.join("")).toContain("未經機器計數")
  })

  it("字型未收錄字元以字碼方框印出，僅列於其所在頁", () => {
    expect(pages.filter((page) => page.includes("字型未收錄：U+20BB7"))).toHaveLength(1)
    expect(pages.find((page) => page.includes("字型未收錄"))).toMatch(/吳U\+20BB7𠮷?堃/u)
  })

  it("示範環境每頁有浮水印，正式環境無", async () => {
    expect(pages.every((page) => page.includes("示範"))).toBe(true)
    expect(pagesOf(await registerPdf(aBook([aRow(0)]), renderer.render)).join("")).not.toContain("示範")
  })

  it("5-5c 第七欄於核章前載明資訊室承辦人及待核章", async () => {
    const row = aRow(0, { itStamp: null })
    expect(pagesOf(await registerPdf(aBook([row]), renderer.render))[0]).toContain(
      "資訊室分析師林志明（待核章）",
    )
    const form = await registerFormPdf({ ...ORIGIN, unit: "疾病管制科", row }, renderer.render)
    expect(pagesOf(form)[0]).toContain("資訊室分析師林志明資訊室承辦人提供前核章")
  })

  it("空簿亦可列印", async () => {
    expect(pagesOf(await registerPdf(aBook([]), renderer.render))[0]).toContain("本簿尚無登記。")
  })

  it("超過一頁之內容續印於次頁，一字不漏", async () => {
    const purpose = "續".repeat(3_000)
    const lines = Array.from({ length: 120 }, (_, index) => `列${index}止`).join("\n")
    const long = [aRow(0, { purpose }), aRow(1, { comparison: lines })]
    const text = pagesOf(await registerPdf(aBook(long), renderer.render)).join("")
    expect(text.split("續")).toHaveLength(3_001)
    for (let index = 0; index < 120; index++) expect(text).toContain(`列${index}止`)
  })
})

describe("登記表、通知單、軌跡簽章點", () => {
  it("6-2a 登記表 A4 直式，十欄依序各一列", async () => {
    const pdf = await registerFormPdf({ ...ORIGIN, unit: "疾病管制科", row: aRow(2) }, renderer.render)
    const [page = ""] = pagesOf(pdf)
    expect(mediaBoxes(pdf)).toEqual([A4_PORTRAIT])
    const positions = REGISTER_COLUMNS.map((column, index) => page.indexOf(`${index + 1}.${column}`))
    expect(positions).not.toContain(-1)
    expect(positions).toEqual(positions.toSorted((a, b) => a - b))
    expect(page).toContain("編號：115-疾管-0003")
  })

  it("6-1a 通知單有文號、日期、發受雙方及簽收欄", async () => {
    const [page = ""] = pagesOf(await noticePdf(aNotice("6-1a"), renderer.render))
    expect(page).toContain("戶役政資料下載通知單")
    expect(page).toContain("案件編號：115-通-0012文號：日期：民國年月日")
    expect(page).toContain("受文者：資訊室分析師林志明發文者：疾病管制科科員陳怡君")
    expect(page).toContain("受文單位簽收（簽名）")
    expect(page).not.toContain("下載筆數")
  })

  it("6-1c 通知單載明下載完成時間及筆數", async () => {
    const [page = ""] = pagesOf(await noticePdf(aNotice("6-1c"), renderer.render))
    expect(page).toContain("戶役政資料存取通知單")
    expect(page).toContain("下載筆數12,001")
  })

  it("軌跡簽章點全文可由文字取得", async () => {
    const signedNote =
      "hushou.example/log\n48214\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— hushou.example/log Az3grlgt\n"
    const page = {
      logOrigin: "hushou.example/log",
      treeSize: 48214,
      rootHash: "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
      signedAt: "2026-11-23T09:00:00.000Z" as Instant,
      signedNote,
      verifierKey: "hushou.example/log+1234abcd+AQID",
      holder: "政風室",
    }
    const [text = ""] = pagesOf(await checkpointPdf({ ...ORIGIN, ...page }, renderer.render))
    expect(text).toContain(squeeze(signedNote))
    expect(text).toContain("簽章時間115.11.2317:00")
  })
})

function aNotice(kind: "6-1a" | "6-1c") {
  return {
    ...ORIGIN,
    kind,
    number: "115-通-0012",
    from: { office: "疾病管制科", title: "科員", name: "陳怡君" },
    to: { office: "資訊室", title: "分析師", name: "林志明" },
    subject: "疫苗接種通知名冊（115年第4季）",
    provider: "臺北市政府民政局",
    documentNumber: "北市衛疾字第1153000012號",
    noticedAt: "2026-11-23T01:00:00.000Z" as Instant,
    declaredRecords: 12_000,
    downloadedAt: "2026-11-23T02:00:00.000Z" as Instant,
    countedRecords: 12_001,
    note: "",
  }
}
