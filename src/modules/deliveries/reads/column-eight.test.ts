import { expect } from "vitest"
import {
  act,
  ago,
  given,
  handler,
  inState,
  stampBy,
  supervisor,
} from "../../../../tests/support/deliveries.ts"
import { dutyTest } from "../../../../tests/support/duty-test.ts"
import { decideCompare, decideDispute } from "../rules/use.ts"
import type { Around } from "../rules/office.ts"
import { standing } from "../rules/register.ts"
import { comparisonNotes } from "./column-eight.ts"

const notesOf = (around: Around) => comparisonNotes(standing(around), around.delivery)
const RAISED = "向提供機關提出疑義（發文字號：北市衛疾字第9號，115.11.24 09:50）"

dutyTest("6-3b", "提出疑義者，比對狀況欄載明發文字號；再次比對後仍載明", () => {
  expect(notesOf(inState("released"))).toEqual([])
  const letter = { letter: "北市衛疾字第9號", reason: "短少一筆", happenedAt: ago(10) }
  const disputed = given(inState("compared"))
    .when(act(decideDispute, handler, letter))
    .goesTo("disputed")
  expect(notesOf(disputed)).toEqual([RAISED])
  const again = { accessedRecords: 100, explanation: null, happenedAt: ago(1) }
  const compared = given(disputed)
    .when(act(decideCompare, handler, again))
    .goesTo("compared")
  expect(notesOf(compared)).toEqual([RAISED])
})

dutyTest("6-3a", "不符而經主管核章者，載明經主管確認無誤；相符者無須載明", () => {
  const closed = (around: Around): Around => {
    const entry = standing(around)
    return {
      ...around,
      entry: { ...entry, stamps: { ...entry.stamps, closing: stampBy(supervisor, "closing") } },
    }
  }
  const differs = inState("in-use")
  expect(notesOf(differs)).toEqual([])
  expect(notesOf(closed(differs))).toEqual(["經業務單位主管確認無誤"])
  const same = { accessedRecords: 100, explanation: null, happenedAt: ago(1) }
  const matching = given(inState("released"))
    .when(act(decideCompare, handler, same))
    .goesTo("compared")
  expect(notesOf(closed(matching))).toEqual([])
})
