import { test } from "vitest"
import type { DutyId } from "../../src/regulation/duties.ts"

/** A test of one duty: its title starts with the id and the Chinese gist, and the duty trace finds it. */
export function dutyTest(duty: DutyId, gist: string, check: () => void | Promise<void>): void {
  test(`${duty} ${gist}`, check)
}
