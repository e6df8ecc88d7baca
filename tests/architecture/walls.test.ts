import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { cruise, type ICruiseOptions, type ICruiseResult, type IFlattenedRuleSet } from "dependency-cruiser"
import { describe, expect, it } from "vitest"
import { ROOT } from "../../tools/source-files.ts"

interface Walls {
  forbidden: NonNullable<IFlattenedRuleSet["forbidden"]>
  options: ICruiseOptions
}
const walls = createRequire(import.meta.url)(join(ROOT, ".dependency-cruiser.cjs")) as Walls

async function cruised(baseDir: string, folders = ["src", "tests"]): Promise<ICruiseResult> {
  const ruleSet = { forbidden: walls.forbidden }
  const { output } = await cruise(folders, { ...walls.options, baseDir, validate: true, ruleSet })
  if (typeof output === "string") throw new Error(output)
  return output
}

describe("the walls of the house", () => {
  it("stand", { timeout: 60_000 }, async () => {
    const { summary, modules } = await cruised(ROOT)
    expect(summary.violations.map((v) => `${v.rule.name}: ${v.from} → ${v.to}`)).toEqual([])
    expect(circles(moduleCalls(modules))).toEqual([])
  })

  it("a module calls only modules that come before it in app/modules.ts", { timeout: 60_000 }, async () => {
    const order = orderedModules(readFileSync(join(ROOT, "src/app/modules.ts"), "utf8"))
    expect(order.length).toBeGreaterThan(0)
    const { modules } = await cruised(ROOT)
    const backward = [...moduleCalls(modules)].flatMap(([from, called]) =>
      [...called]
        .filter((to) => order.includes(from) && order.indexOf(to) > order.indexOf(from))
        .map((to) => [from, to]),
    )
    expect(backward).toEqual([])
  })

  it("catch every kind of breach", { timeout: 60_000 }, async () => {
    const { summary } = await cruisedTree({
      "src/kernel/a.ts": `import "../platform/b.ts"; import "node:fs"`,
      "src/platform/b.ts": `import "./c.ts"`,
      "src/platform/c.ts": `import "./b.ts"; import "./gone.ts"`,
      "src/modules/x/rules.ts": `import "../../platform/b.ts"; import "./store.ts"`,
      "src/modules/x/store.ts": `import "../y/store.ts"`,
      "src/modules/x/contract.ts": `import "./store.ts"`,
      "src/modules/y/store.ts": `import "../../web/page.ts"`,
      "src/app/main.ts": `import "../modules/y/store.ts"; import "a-tool"`,
      "src/web/page.ts": `import "../modules/y/store.ts"; import "../platform/b.ts"; import "../kernel/a.ts"`,
      "package.json": `{ "devDependencies": { "a-tool": "1.0.0" } }`,
      "node_modules/a-tool/package.json": `{ "name": "a-tool", "version": "1.0.0", "main": "index.js" }`,
      "node_modules/a-tool/index.js": "",
    })
    expect([...new Set(summary.violations.map((v) => v.rule.name))].toSorted()).toEqual([
      "contracts-are-for-the-web-too",
      "development-parts-stay-out",
      "front-door-only",
      "front-door-only-from-outside",
      "kernel-knows-nothing-above-it",
      "no-cycles",
      "nobody-imports-the-web",
      "nothing-is-unresolved",
      "pure-layers-touch-no-machine",
      "rules-and-models-are-pure",
      "rules-and-models-touch-nothing",
      "web-reaches-no-machine",
      "web-sees-contracts-only",
    ])
  })

  it("a circle of modules is seen", () => {
    const calls = { a: ["b"], b: ["a"], c: [] }
    expect(circles(new Map(Object.entries(calls).map(([from, to]) => [from, new Set(to)])))).toEqual([
      "a",
      "b",
    ])
  })

  it("are written without the name of any module", () => {
    const text = readFileSync(join(ROOT, ".dependency-cruiser.cjs"), "utf8")
    const names = readdirSync(join(ROOT, "src/modules"))
    expect(names.filter((name) => text.includes(name))).toEqual([])
  })
})

async function cruisedTree(files: Record<string, string>): Promise<ICruiseResult> {
  const root = mkdtempSync(join(tmpdir(), "hushou-walls-"))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(root, dirname(path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    return await cruised(root, ["src"])
  } finally {
    rmSync(root, { recursive: true })
  }
}

/** The folders of the modules in the order in which `app/modules.ts` lists what it imports from them. */
function orderedModules(text: string): string[] {
  const list = text.slice(text.indexOf("export"))
  const imports = [...text.matchAll(/import \{ (\w+) \} from "\.\.\/modules\/([^/]+)\/index\.ts"/g)]
  return imports
    .map(([, name = "", folder = ""]) => ({ folder, at: list.search(new RegExp(`\\b${name}\\b`)) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ folder }) => folder)
}

/** Which module's folder imports which. */
function moduleCalls(modules: ICruiseResult["modules"]): Map<string, Set<string>> {
  const calls = new Map<string, Set<string>>()
  const moduleOf = (path: string) => /^src\/modules\/([^/]+)\//.exec(path)?.[1]
  for (const { source, dependencies } of modules) {
    const from = moduleOf(source)
    if (from === undefined || /\.test\.ts$/.test(source)) continue
    const called = dependencies
      .map((d) => moduleOf(d.resolved))
      .filter((to) => to !== undefined && to !== from)
    calls.set(from, new Set([...(calls.get(from) ?? []), ...called.filter((to) => to !== undefined)]))
  }
  return calls
}

/** What is left when whatever calls nothing is taken away again and again: circles, and what leads to them. */
function circles(calls: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const left = new Map(calls)
  for (let before = -1; before !== left.size;) {
    before = left.size
    for (const [name, called] of [...left]) if (![...called].some((to) => left.has(to))) left.delete(name)
  }
  return [...left.keys()]
}
