import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { ROOT } from "../../tools/source-files.ts"

/** Things carried to later stages; can only fall. */
const CARRIED_AT_MOST = 3

it("no more is carried to later stages than before, and every line says to which", () => {
  const lines = readFileSync(join(ROOT, "docs/carried.md"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("-"))
  for (const line of lines) expect(line).toMatch(/^- issue [2-6]: \S/)
  expect(lines.length).toBeLessThanOrEqual(CARRIED_AT_MOST)
})
