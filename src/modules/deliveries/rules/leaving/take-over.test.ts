import { describe, expect, test } from "vitest"
import {
  act,
  actorOf,
  BOTH_STAMPS,
  deputy,
  given,
  handler,
  inState,
  itHandler,
  registered,
  specialist,
  stranger,
  supervisor,
  UNIT,
} from "../../../../../tests/support/deliveries.ts"
import { dutyTest } from "../../../../../tests/support/duty-test.ts"
import { desksOf, lawfulResponsible } from "../office.ts"
import { decideTakeOver } from "./take-over.ts"

const takenBy = (member: typeof handler) => act(decideTakeOver, member, { from: handler.person })

describe("移交", () => {
  dutyTest("5-4b", "由同單位現職人員接辦，登記表改列其名，原核章失效", () => {
    const after = given(registered(BOTH_STAMPS)).when(takenBy(deputy)).goesTo("registered")
    expect(after.delivery.handler).toBe(deputy.person)
    expect(after.entry?.columns.handler.person).toBe(deputy.person)
    expect(after.entry?.stamps).toEqual({})
  })

  dutyTest("5-4b", "非該單位人員不得接辦", () => {
    given(inState("announced")).when(takenBy(stranger)).refuses("SUCCESSOR_NOT_IN_UNIT")
    given(inState("announced")).when(takenBy(itHandler)).refuses("SUCCESSOR_NOT_IN_UNIT")
  })

  test("three natural persons: who stamped a file does not come to handle it, nor its first handler to stamp it", () => {
    given(registered(BOTH_STAMPS)).when(takenBy(supervisor)).refuses("THREE_PERSONS")
    const after = given(registered()).when(takenBy(deputy)).goesTo("registered")
    const promoted = { ...handler, deputies: [] }
    const office = { ...after.office, levels: [[promoted, ...(after.office.levels[0] ?? [])]] }
    const stampers = lawfulResponsible({ ...after, office }).map(({ person }) => person)
    expect(stampers).toEqual([supervisor.person])
  })

  test("what is released keeps the name it was released to in column 5", () => {
    const after = given(inState("released")).when(takenBy(specialist)).goesTo("released")
    expect(after.delivery.handler).toBe(specialist.person)
    expect(after.entry?.columns.handler.person).toBe(handler.person)
  })

  dutyTest("5-4b", "離開該單位者，縱任他職，亦不再承辦", () => {
    const around = inState("released")
    const at = (posts: typeof handler.posts) => {
      return desksOf(actorOf({ ...handler, posts }), around)
    }
    expect(at(handler.posts)).toContain("handler")
    expect(handler.posts[0]?.unit).toBe(UNIT)
    expect(at(stranger.posts)).toEqual([])
  })
})
