import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { checkIntegrity } from "../../src/app/integrity.ts"
import type { ImportPreview, RosterRow } from "../../src/modules/people/contract.ts"
import { toOds } from "../../src/platform/documents/spreadsheet.ts"
import { encodeBig5 } from "../../src/platform/text/big5.ts"
import { dutyTest } from "../support/duty-test.ts"
import { openOffice, refusalsIn, type Answer, type Desk, type Office } from "../support/office.ts"

let office: Office
let administrator: Desk
beforeAll(async () => {
  office = await openOffice()
  administrator = await office.as("administrator")
})
afterAll(() => office.close())

const PEOPLE = ["單位代碼", "姓名", "職稱", "職務", "員工編號", "電子郵件"]
const UNITS = ["單位代碼", "單位名稱", "單位類別", "上級單位代碼"]

function csv(header: readonly string[], ...rows: readonly (readonly string[])[]): Buffer {
  return Buffer.from([header, ...rows].map((row) => row.join(",")).join("\r\n"))
}

async function preview(file: Buffer): Promise<ImportPreview> {
  const answer = await administrator.drop<ImportPreview>("/roster/import/preview", file)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}

const apply = (file: Buffer, digest: string, desk = administrator): Promise<Answer<{ changes: number }>> =>
  desk.drop(`/roster/import?digest=${digest}`, file)

async function imported(file: Buffer): Promise<number> {
  const answer = await apply(file, (await preview(file)).digest)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body.changes
}

const roster = async (search: string) =>
  (await administrator.get<{ items: RosterRow[] }>(`/roster?search=${search}`)).body.items

const shown = ({ changes }: ImportPreview) => changes.map(({ kind, about }) => `${kind} ${about}`)
const wrong = ({ errors }: ImportPreview) => errors.map(({ line, code }) => `${line} ${code}`)
const sizeNow = async () =>
  (
    await office.runtime.db
      .selectFrom("ledger_entry")
      .select("index")
      .orderBy("index", "desc")
      .executeTakeFirst()
  )?.index

describe("匯入單位及人員", () => {
  dutyTest("2-1", "匯出之清冊及單位原樣匯入，不生任何變更", async () => {
    for (const path of [
      "/roster/export?as=csv",
      "/roster/export?as=ods",
      "/units/export?as=csv",
      "/units/export?as=ods",
    ]) {
      const { bytes } = await administrator.get(path)
      const found = await preview(bytes)
      expect([found.errors, found.changes], path).toEqual([[], []])
      expect(found.unchanged, path).toBeGreaterThan(9)
      expect(refusalsIn(await apply(bytes, found.digest))).toEqual(["NOTHING_TO_CHANGE 機關內部控制"])
    }
  })

  dutyTest("2-1", "預覽逐項列出將為之變更而不變更資料；匯入恰為所列，一併為之", async () => {
    const units = csv(
      UNITS,
      ["追蹤", "接觸者追蹤股", "業務單位", "防疫"],
      ["防疫", "防疫專案室", "業務單位", "衛生局"],
      ["健管", "健康促進科", "業務單位", "衛生局"],
    )
    const before = await sizeNow()
    const first = await preview(units)
    expect(shown(first)).toEqual([
      "create-unit 防疫專案室",
      "update-unit 健康促進科",
      "create-unit 接觸者追蹤股",
    ])
    expect(first.changes[1]?.fields).toEqual([
      { name: "單位名稱", before: "健康管理科", after: "健康促進科" },
    ])
    expect(await sizeNow()).toBe(before)
    expect(await imported(units)).toBe(3)

    const people = csv(
      PEOPLE,
      ["防疫", "郭新進", "技士", "業務單位承辦人", "B001", "b001@health.example"],
      ["追蹤", "郭新進", "技士", "單位主管", "B001", "b001@health.example"],
      ["疾管", "林承辦", "技正", "單位主管", "B002", "handler@health.example"],
      ["疾管", "張代理", "衛生稽查員", "業務單位承辦人", "", "deputy@health.example"],
    )
    const found = await preview(people)
    expect([found.errors, found.unchanged]).toEqual([[], 1])
    expect(shown(found)).toEqual(["create-person 郭新進", "update-person 林承辦", "change-posts 林承辦"])
    expect(found.changes[1]?.fields).toEqual([
      { name: "職稱", before: "技士", after: "技正" },
      { name: "員工編號", before: null, after: "B002" },
    ])
    const unitName = "疾病管制科"
    expect(found.changes[2]).toMatchObject({
      ended: [{ unitName, role: "handler" }],
      begun: [{ unitName, role: "supervisor" }],
    })
    expect(await imported(people)).toBe(3)
    expect((await roster("林承辦")).map(({ title, roles }) => [title, roles])).toEqual([
      ["技正", ["supervisor"]],
    ])
    expect((await roster("B001")).map(({ unitCode }) => unitCode)).toEqual(["防疫", "追蹤"])
    expect(await roster("黃資訊")).toHaveLength(1)
    expect((await preview(people)).changes).toEqual([])
    expect((await checkIntegrity(office.runtime)).findings).toEqual([])
  })

  test("檔案或名冊於預覽後變更者不予匯入，重新預覽後始得為之", async () => {
    const file = csv(PEOPLE, ["疾管", "郭一", "技士", "業務單位承辦人", "C001", "c001@health.example"])
    const { digest } = await preview(file)
    const other = csv(PEOPLE, ["疾管", "郭二", "技士", "業務單位承辦人", "C001", "c001@health.example"])
    expect(refusalsIn(await apply(other, digest))).toEqual(["IMPORT_CHANGED 機關內部控制"])
    const [person] = await roster("張代理")
    const words = { name: "張代理", title: "技士", email: "deputy@health.example", staffNumber: "C002" }
    expect((await administrator.put(`/people/${person?.person ?? ""}`, words)).status).toBe(204)
    expect(refusalsIn(await apply(file, digest))).toEqual(["IMPORT_CHANGED 機關內部控制"])
    expect(await roster("C001")).toEqual([])
    expect(await imported(file)).toBe(1)
  })

  test("有一列錯誤即全部不匯入，逐列指明應如何更正", async () => {
    const file = csv(
      PEOPLE,
      ["無此", "甲", "技士", "業務單位承辦人", "", "e1@health.example"],
      ["疾管", "乙", "技士", "科長大人", "", "e2@health.example"],
      ["疾管", "丙", "技士", "業務單位承辦人", "", "不是信箱"],
      ["疾管", "丁", "技士", "政風人員", "", "e4@health.example"],
      ["疾管", "戊", "技士", "業務單位承辦人", "", "e5@health.example"],
      ["疾管", "己", "技士", "業務單位承辦人", "", "E5@health.example"],
      ["資訊", "王系統", "系統管理師", "資訊室承辦人", "", "administrator@health.example"],
      ["疾管", "庚", "技士", "業務單位承辦人", "", "e9@health.example"],
    )
    const found = await preview(file)
    expect(wrong(found)).toEqual([
      ...["2 IMPORT_UNIT_UNKNOWN", "3 IMPORT_ROLE_UNKNOWN", "4 IMPORT_CELL_WRONG", "5 ROLE_NOT_OF_UNIT"],
      ...["7 IMPORT_PERSON_DIFFERS", "8 POSTS_NOT_BY_ONESELF", "8 LAST_ADMINISTRATOR"],
    ])
    expect(refusalsIn(await apply(file, found.digest))).toEqual(["IMPORT_HAS_ERRORS 機關內部控制"])
    expect(await roster("庚")).toEqual([])
    const units = csv(
      UNITS,
      ["甲", "甲室", "業務單位", "無此"],
      ["健管", "健康促進科", "資訊室", "衛生局"],
      ["疾管", "疾病管制科", "業務單位", "疾管"],
    )
    expect(wrong(await preview(units))).toEqual([
      "2 IMPORT_UNIT_UNKNOWN",
      "3 IMPORT_KIND_FIXED",
      "4 UNIT_BELOW_ITSELF",
    ])
  })

  test("UTF-8（有無 BOM）、Big5 及 ODS 均可匯入；無法辨識之字指明所在之列", async () => {
    const rows = [["疾管", "羅編碼", "技士", "業務單位承辦人", "D001", "d001@health.example"]]
    const utf8 = csv(PEOPLE, ...rows)
    const encoded = encodeBig5(utf8.toString("utf8"))
    if (!encoded.ok) throw new Error(encoded.character)
    const big5 = Buffer.from(encoded.bytes)
    const columns = PEOPLE.map((header) => ({ header, kind: "text" as const }))
    const ods = Buffer.from(await toOds({ name: "人員", columns, rows }, office.runtime.clock.now()))
    for (const file of [utf8, Buffer.concat([Buffer.from("\uFEFF"), utf8]), big5, ods])
      expect(shown(await preview(file))).toEqual(["create-person 羅編碼"])
    const private_ = Buffer.concat([big5, Buffer.from("\r\n"), Buffer.from("FA40", "hex")])
    expect(wrong(await preview(private_))).toEqual(["3 IMPORT_CHARACTER_UNKNOWN"])
    expect(wrong(await preview(Buffer.from("PK\u0003\u0004 not a zip")))).toEqual(["null IMPORT_UNREADABLE"])
    expect(wrong(await preview(csv(["姓名"], ["甲"])))).toEqual(["1 IMPORT_HEADER_WRONG"])
  })

  test("僅系統管理者得匯入", async () => {
    const file = csv(PEOPLE)
    const ethics = await office.as("ethics-officer")
    expect(refusalsIn(await ethics.drop("/roster/import/preview", file))).toEqual([
      "NOT_PERMITTED 機關內部控制",
    ])
    expect(refusalsIn(await apply(file, "0".repeat(64), ethics))).toEqual(["NOT_PERMITTED 機關內部控制"])
  })
})
