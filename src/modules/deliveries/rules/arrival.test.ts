import { fc, test } from "@fast-check/vitest"
import { expect } from "vitest"
import {
  act,
  ago,
  BOTH_STAMPS,
  fetched,
  given,
  handler,
  inState,
  itHandler,
  NOW,
  registered,
  stranger,
  supervisor,
} from "../../../../tests/support/deliveries.ts"
import { dutyTest } from "../../../../tests/support/duty-test.ts"
import type { FileId } from "../../../kernel/ids.ts"
import {
  decideCountAgain,
  decideFetched,
  decideSetAsideFile,
  endsWithin,
  isTheSameFile,
  isWhole,
} from "./arrival.ts"
import { formatOf } from "../model.ts"
import { standingsOf } from "./office.ts"
import { decideVoidEntry } from "./register.ts"

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

const FIXED = { kind: "fixed", encoding: "big5", recordBytes: 100, lineEnd: "none" } as const

test("更正格式後重新計數，所依格式列入本案及紀錄", () => {
  const around = inState("downloaded")
  const counted = { count: ARRIVED.count, format: FIXED }
  const again = act(decideCountAgain, itHandler, counted)
  const { delivery } = given(around).when(again).goesTo("downloaded")
  expect(formatOf(around.delivery)).toEqual(around.delivery.announcement.format)
  expect(formatOf(delivery)).toEqual(FIXED)
  const decision = again(around)
  expect(decision.ok && decision.facts[0]?.payload).toMatchObject({ format: FIXED, count: { records: 1 } })
})

test("密碼輸入錯誤者，原計數及職章不變", () => {
  const problem = { code: "ARCHIVE_PASSWORD_WRONG" } as const
  const mistyped = { count: { counted: false, problem }, format: FIXED } as const
  given(registered(BOTH_STAMPS))
    .when(act(decideCountAgain, itHandler, mistyped))
    .refuses("ARCHIVE_PASSWORD_WRONG")
})

const REASON = { reason: "最後一筆不完整" }
const setAside = act(decideSetAsideFile, itHandler, REASON)

dutyTest("6-1b", "檔案不予採用者，保留原檔並敘明理由，由資訊室另行下載", () => {
  const before = inState("downloaded")
  const { delivery } = given(before).when(setAside).goesTo("download-requested")
  expect(delivery).not.toHaveProperty("fetched")
  const kept = "fetched" in before.delivery ? before.delivery.fetched : null
  const first = { fetched: kept, ...REASON, setAsideAt: NOW, setAsideBy: itHandler.person }
  expect(delivery.setAside).toEqual([first])
  const again = given({ ...before, delivery })
    .when(act(fetched, itHandler, ARRIVED))
    .goesTo("downloaded")
  const { delivery: twice } = given(again).when(setAside).goesTo("download-requested")
  expect(twice.setAside).toMatchObject([first, { fetched: { file: FILE } }])
})

test("不予採用須敘明理由，且僅資訊室得為之", () => {
  const blank = act(decideSetAsideFile, itHandler, { reason: " " })
  given(inState("downloaded")).when(blank).refuses("SET_ASIDE_NEEDS_REASON")
  for (const by of [handler, supervisor, stranger])
    given(inState("downloaded"))
      .when(act(decideSetAsideFile, by, REASON))
      .refuses("NOT_IT_OFFICE")
})

test("已登記之檔案須先作廢登記，已提供者不得另行取檔", () => {
  const around = registered(BOTH_STAMPS)
  expect(given(around).when(setAside).refuses("FILE_IS_REGISTERED").detail).toEqual({
    number: around.entry?.number,
  })
  const voided = given(around)
    .when(act(decideVoidEntry, handler, { reason: "檔案不完整" }))
    .goesTo("downloaded")
  given({ ...voided, entry: null })
    .when(setAside)
    .goesTo("download-requested")
  given(inState("released")).when(setAside).refuses("ALREADY_RELEASED")
})

dutyTest("6-1c", "另行取檔後，前次檔案之通知不算，須重新通知承辦人", () => {
  const { delivery } = inState("downloaded")
  const notice = (minutes: number) => {
    return { duty: "6-1c", state: "accepted", stands: true, recordedAt: ago(minutes) }
  }
  const standing = (...minutes: readonly number[]) => standingsOf(minutes.map(notice), delivery).toHandler
  expect(standing()).toBe("none")
  expect(standing(301)).toBe("none")
  expect(standing(301, 299)).toBe("given")
  expect(standingsOf([{ ...notice(299), stands: false, state: "queued" }], delivery).toHandler).toBe(
    "waiting",
  )
  expect(standingsOf([{ ...notice(301), duty: "6-1a" }], delivery).toIt).toBe("given")
  expect(standingsOf([notice(1)], inState("download-requested").delivery).toHandler).toBe("none")
})
