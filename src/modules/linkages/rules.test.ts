import { expect } from "vitest"
import { actorOf, handler, itHandler, NOW, supervisor, UNIT } from "../../../tests/support/deliveries.ts"
import { dutyTest } from "../../../tests/support/duty-test.ts"
import type { LinkageId, ProviderId } from "../../kernel/ids.ts"
import type { CivilDate } from "../../kernel/time.ts"
import { decideTranscribeLinkage, type PaperLinkage } from "./rules.ts"

const PAPER: PaperLinkage = {
  id: "linkage-1" as LinkageId,
  provider: "provider-1" as ProviderId,
  unit: UNIT,
  purpose: "流感疫苗接種通知",
  mode: "file",
  approvalNumber: "北市衛疾字第1150001號",
  approvedOn: "2026-11-24" as CivilDate,
  testNumber: "測試-115-01",
  testedOn: "2026-11-24" as CivilDate,
}

function transcribe(changes: Partial<PaperLinkage>, by = supervisor, providerKnown = true) {
  const decision = decideTranscribeLinkage(
    { providerKnown },
    { ...PAPER, ...changes },
    { actor: actorOf(by), now: NOW },
  )
  return decision.ok ? decision.next.state : decision.refusals.map(({ code }) => code)
}

const TOMORROW = "2026-11-25" as CivilDate

dutyTest("4-2a", "完成申請程序始得連結：須有核准公文文號，且核准日不得在後", () => {
  expect(transcribe({})).toBe("active")
  for (const changes of [{ approvalNumber: " " }, { approvedOn: TOMORROW }])
    expect(transcribe(changes)).toEqual(["LINKAGE_NOT_APPROVED"])
})

dutyTest("4-2b", "經連結測試通過始得連結：須有測試報告編號，且測試日不得在後", () => {
  for (const changes of [{ testNumber: "" }, { testedOn: TOMORROW }])
    expect(transcribe(changes)).toEqual(["LINKAGE_NOT_TESTED"])
  expect(transcribe({ testNumber: "", approvalNumber: "" })).toEqual([
    "LINKAGE_NOT_APPROVED",
    "LINKAGE_NOT_TESTED",
  ])
})

dutyTest("4-1", "提供機關須已建檔；轉錄由單位主管或資訊室為之", () => {
  expect(transcribe({}, supervisor, false)).toEqual(["PROVIDER_UNKNOWN"])
  expect(transcribe({}, itHandler)).toBe("active")
  expect(transcribe({}, handler)).toEqual(["NOT_PERMITTED"])
})
