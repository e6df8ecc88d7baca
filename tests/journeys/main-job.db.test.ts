import { createHash } from "node:crypto"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { DeliveryDetail } from "../../src/modules/deliveries/contract.ts"
import type { Format } from "../../tools/provider-sim/synthetic/formats.ts"
import { openOffice, type Office } from "../support/office.ts"
import {
  done,
  fileUploaded,
  handlerNotified,
  itNotified,
  noticeRecorded,
  registerFilled,
  released,
  stamped,
  UTF8_CSV,
} from "../support/story.ts"

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

type Agreed = DeliveryDetail["announcement"]["format"]

const FILES: readonly (readonly [Format, Agreed])[] = [
  ["utf8-csv", UTF8_CSV],
  ["utf8-bom-csv", UTF8_CSV],
  ["big5-csv", { kind: "delimited", encoding: "big5", delimiter: ",", quote: '"', header: true }],
  ["big5-fixed", { kind: "fixed", encoding: "big5", recordBytes: 100, lineEnd: "none" }],
  ["big5-fixed-lines", { kind: "fixed", encoding: "big5", recordBytes: 100, lineEnd: "crlf" }],
]

describe("6-1 至 6-3 提供機關之檔案，由通知至比對", () => {
  test.each(FILES)("6-3a 申請、通知、下載、取得筆數四者相符：%s", async (made, format) => {
    const story = await noticeRecorded(office, {
      file: { name: `${made}.dat`, format: made, records: 40 },
      format,
    })
    expect((await story.now()).state).toBe("announced")
    await itNotified(story)
    expect((await story.now()).state).toBe("download-requested")
    await fileUploaded(story)
    const downloaded = await story.now()
    expect(downloaded.state).toBe("downloaded")
    expect(downloaded.fetched?.count).toMatchObject({ counted: true, records: 40 })
    expect(downloaded.fetched?.sha256).toBe(story.file.sha256)
    await handlerNotified(story)
    await registerFilled(story)
    await stamped(story, "responsible")
    await stamped(story, "it")
    await released(story)
    const opened = await story.handler.post(`/deliveries/${story.id}/open`)
    expect(opened.status).toBe(200)
    expect(createHash("sha256").update(opened.bytes).digest("hex")).toBe(story.file.sha256)
    await done(story.handler, `/deliveries/${story.id}/comparison`, {
      accessedRecords: 40,
      explanation: null,
      happenedAt: office.clock.now(),
    })
    await done(story.supervisor, `/deliveries/${story.id}/comparison/confirm`)
    const used = await story.now()
    expect(used.state).toBe("in-use")
    expect(used.entry?.comparison).toBe("申請 40 筆，取得 40 筆，相符")
    expect(used.entry?.stamps.map((stamp) => stamp.place).toSorted()).toEqual([
      "closing",
      "it",
      "responsible",
    ])
  })

  test("5-5c 登記簿為每單位每年度一冊，編號連續無缺", async () => {
    const handler = await office.as("handler")
    const books = await handler.get<{ unit: string; year: number }[]>("/register/books")
    const [book] = books.body
    const register = await handler.get<{ items: { number: string }[] }>(
      `/register?unit=${book?.unit}&year=${book?.year}&size=200`,
    )
    const numbers = register.body.items.map((row) => row.number)
    expect(numbers).toEqual(numbers.map((_, index) => `115-疾管-${String(index + 1).padStart(4, "0")}`))
    expect(numbers.length).toBe(FILES.length)
  })
})
