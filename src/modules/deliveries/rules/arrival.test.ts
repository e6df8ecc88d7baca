import { fc, test } from "@fast-check/vitest"
import { expect } from "vitest"
import { act, fetched, given, inState, itHandler } from "../../../../tests/support/deliveries.ts"
import type { FileId } from "../../../kernel/ids.ts"
import { decideFetched, endsWithin, isTheSameFile, isWhole } from "./arrival.ts"

const KEPT = { bytesTotal: 900, fingerprint: "ab".repeat(32), bytesDone: 400 }
const FILE = { id: "file-2" as FileId, name: "a.csv", sha256: "ef".repeat(32), bytes: 9 }
const ARRIVED = {
  file: FILE,
  count: { counted: true, records: 1, undecodable: 0, unknownCodes: [] },
  via: "upload",
} as const

test.each([
  ["大小", { bytesTotal: 901 }],
  ["指紋", { fingerprint: "ac".repeat(32) }],
])("續傳之檔案%s不同者，不予接續，並敘明所保留者", (_, other) => {
  expect(isTheSameFile(KEPT, KEPT)).toBeNull()
  expect(isTheSameFile(KEPT, { ...KEPT, ...other })).toMatchObject({
    code: "UPLOAD_OTHER_FILE",
    detail: { announced: 900, received: 400 },
  })
})

test("未留存指紋之舊有上傳，無從認定為同一檔案", () => {
  expect(isTheSameFile({ ...KEPT, fingerprint: null }, KEPT)?.code).toBe("UPLOAD_OTHER_FILE")
})

test.prop([fc.nat(1000), fc.nat(1000)])("不收超出所告知大小之內容，收齊始得完成", (announced, end) => {
  expect(endsWithin(announced, end) === null).toBe(end <= announced)
  expect(isWhole(announced, end) === null).toBe(end === announced)
})

test("未載明長度之內容，不予收受", () => {
  expect(endsWithin(10, Number.NaN)?.code).toBe("UPLOAD_BEYOND_ANNOUNCED")
})

test("已由新的傳輸取代者，其檔案不得列為本案檔案", () => {
  given(inState("download-requested"))
    .when(act(fetched, itHandler, ARRIVED))
    .goesTo("downloaded")
  for (const upload of [null, "file-3" as FileId])
    given({ ...inState("download-requested") })
      .when(
        act(
          (around, input: typeof ARRIVED, deciding) => decideFetched({ ...around, upload }, input, deciding),
          itHandler,
          ARRIVED,
        ),
      )
      .refuses("TRANSFER_SUPERSEDED")
})
