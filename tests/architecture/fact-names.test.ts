import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { ROOT } from "../../tools/source-files.ts"

const MODULES = join(ROOT, "src/modules")

/** The kinds that a module's README lists after `Facts:`. */
function factsOf(module: string): string[] {
  const [, facts = ""] =
    /^- Facts: ([^.]+)\./m.exec(readFileSync(join(MODULES, module, "README.md"), "utf8")) ?? []
  return [...facts.matchAll(/`([a-z-]+)`/g)].map(([, kind = ""]) => kind)
}

/** The kinds that the screen has words for. */
function namedKinds(): ReadonlySet<string> {
  const text = readFileSync(join(ROOT, "src/web/features/ledger/kinds.ts"), "utf8")
  return new Set([...text.matchAll(/^ {2}"([a-z-]+)": \{ zh: "/gm)].map(([, kind = ""]) => kind))
}

test("every fact a module lists is called something in the ledger's screen", () => {
  const facts = readdirSync(MODULES).flatMap(factsOf)
  expect(facts.length).toBeGreaterThan(40)
  const named = namedKinds()
  expect(facts.filter((kind) => !named.has(kind))).toEqual([])
})
