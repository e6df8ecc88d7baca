import { parse } from "csv-parse/sync"
import { describe, expect, it } from "vitest"
import { toCsv } from "../../../platform/documents/spreadsheet.ts"
import { aBook, aRow, variedRows } from "./documents-fixture.ts"
import { REGISTER_COLUMNS } from "./printed-row.ts"
import { registerTable } from "./register-table.ts"

const readCsv = (csv: string) => parse(csv, { bom: true, record_delimiter: "\r\n" })

describe("登記簿 ODS 及 CSV", () => {
  it("5-5c 編號之後為十欄，依附表順序", () => {
    const headers = registerTable(aBook([])).columns.map((column) => column.header)
    expect(headers.slice(0, 11)).toEqual(["編號", ...REGISTER_COLUMNS])
  })

  it("5-5c 每列各欄與登記相符，作廢列保留並載明事由", () => {
    const [, first = [], voided = []] = readCsv(toCsv(registerTable(aBook(variedRows()))))
    expect(first.slice(0, 11)).toEqual([
      "115-疾管-0001",
      "2026-11-02 09:00:00",
      "1200",
      "辦理法定傳染病接觸者追蹤及疫苗接種通知",
      "北市衛疾字第1153000000號",
      "疾病管制科科員 陳怡君",
      "檔案傳輸（SFTP），由資訊室下載後提供",
      "資訊室分析師 林志明 115.11.02",
      "申請、通知、下載及取得筆數相符，無誤",
      "疾病管制科科長 張淑芬 115.11.03",
      "2026-12-31",
    ])
    expect(voided[17]).toContain("重複登記")
  })

  it("5-5c 第七欄於填具時即載明資訊室承辦人，核章前註明待核章", () => {
    const [, cells = []] = readCsv(toCsv(registerTable(aBook([aRow(0, { itStamp: null })]))))
    expect(cells[7]).toBe("資訊室分析師 林志明（待核章）")
  })

  it("尚未發生之欄位為空白", () => {
    const row = aRow(0, {
      noticedAt: null,
      declaredRecords: null,
      handler: null,
      itHandler: null,
      itStamp: null,
      comparison: null,
    })
    const [, cells = []] = readCsv(toCsv(registerTable(aBook([row]))))
    expect([cells[1], cells[2], cells[5], cells[7], cells[8]]).toEqual(["", "", "", "", ""])
  })
})
