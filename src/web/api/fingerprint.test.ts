import { expect, test } from "vitest"
import { fingerprintOf } from "./fingerprint.ts"

const MIB = 1 << 20
const LONG = ["a".repeat(MIB), "bbb", "c".repeat(MIB)]

// Computed by another program from the words of the contract.
test.each([
  ["empty", [""], "af5570f5a1810b7af78caf4bc70a660f0df51e42baf91d4de5b2328de0e83dfc"],
  ["of one byte", ["a"], "a5da1b148ed4af3a01c9a1a9e2afd57c8f4eb23181de0219bf394d25ddd67457"],
  ["of a mebibyte", ["a".repeat(MIB)], "2535f46652f04325b20c2bdfbde2146069b097e8046a3ab89f518cb6a1caed54"],
  ["longer than both edges", LONG, "8d487264f3855b5381aff6412351ffa140a720beb584d57d564e726a2560c038"],
])("the fingerprint of a file that is %s", async (_, content, fingerprint) => {
  expect(await fingerprintOf(new Blob(content))).toBe(fingerprint)
})

test("a longer file with the same edges is another file", async () => {
  const longer = await fingerprintOf(new Blob([...LONG.slice(0, 2), ...LONG.slice(1)]))
  expect(longer).not.toBe(await fingerprintOf(new Blob(LONG)))
})
