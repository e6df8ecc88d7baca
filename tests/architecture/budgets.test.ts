import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import ts from "typescript"
import { describe, expect, it } from "vitest"
import { isTest, ROOT, sourceFiles, type SourceFile } from "../../tools/source-files.ts"

const MAX_FILE_LINES = 300
const MAX_FUNCTION_LINES = 50
const MAX_FILES_PER_FOLDER = 12
const MAX_DEPTH = 4
const MAX_DEPENDENCIES = 45

/** `path` or `path#function` over a budget, and why. One that is no longer over must go. */
const EXCEPTIONS: Readonly<Record<string, string>> = {}

const files = sourceFiles("src", "tools", "bench").filter((f) => f.path !== "src/platform/db/schema.ts")
const code = files.filter((f) => !isTest(f))

describe("budgets", () => {
  it("files, functions and folders stay small, and every exception is needed", () => {
    const over = [
      ...code.flatMap(longFile),
      ...code.flatMap(longFunctions),
      ...fullFolders(code),
      ...deep(code),
    ]
    const excused = over.filter(({ what }) => what in EXCEPTIONS)
    expect(over.filter(({ what }) => !(what in EXCEPTIONS)).map((o) => `${o.what}: ${o.size}`)).toEqual([])
    expect(excused.map((o) => o.what).toSorted()).toEqual(Object.keys(EXCEPTIONS).toSorted())
  })

  it("few dependencies, each explained in docs/decisions/dependencies.md", () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      dependencies: Record<string, string>
    }
    const names = Object.keys(manifest.dependencies)
    expect(names.length).toBeLessThanOrEqual(MAX_DEPENDENCIES)
    const explained = readFileSync(join(ROOT, "docs/decisions/dependencies.md"), "utf8")
    expect(names.filter((name) => !explained.includes(`\`${name}\``))).toEqual([])
  })

  it("a breach of each is seen", () => {
    const long = `export const f = () => {\n${"  g()\n".repeat(MAX_FUNCTION_LINES)}}\n`
    const file = { path: "src/a/b/c/d/e/f.ts", text: long.repeat(6) }
    expect(longFile(file)).toHaveLength(1)
    expect(longFunctions(file)[0]?.what).toBe("src/a/b/c/d/e/f.ts#f")
    expect(deep([file])).toHaveLength(1)
    const crowd = Array.from({ length: 13 }, (_, n) => ({ path: `src/a/${String(n)}.ts`, text: "" }))
    expect(fullFolders(crowd)).toHaveLength(1)
  })

  it("names say what things are", () => {
    const vague = /(^|[/-])(utils?|helpers?|common|manager|misc)([-./]|$)/
    const shapes = /^[a-z0-9./-]+$/
    expect(
      files.map((f) => f.path).filter((p) => vague.test(p) || (!shapes.test(p) && !p.startsWith("src/web/"))),
    ).toEqual([])
  })
})

interface Over {
  readonly what: string
  readonly size: string
}

function longFile({ path, text }: SourceFile): Over[] {
  const lines = text.trimEnd().split("\n").length
  return lines > MAX_FILE_LINES ? [{ what: path, size: `${String(lines)} lines` }] : []
}

/** Functions and methods, counted with everything inside them. */
function longFunctions({ path, text }: SourceFile): Over[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const found: Over[] = []
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) {
      const lines = lineOf(node.end) - lineOf(node.getStart(source)) + 1
      if (lines > MAX_FUNCTION_LINES)
        found.push({ what: `${path}#${nameOf(node, lineOf)}`, size: `${String(lines)} lines` })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function nameOf(node: ts.SignatureDeclaration, lineOf: (position: number) => number): string {
  if (node.name !== undefined) return node.name.getText()
  const { parent } = node
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.name.getText()
  return `line ${String(lineOf(node.getStart()) + 1)}`
}

function fullFolders(among: readonly SourceFile[]): Over[] {
  const folders = Map.groupBy(among, (f) => dirname(f.path))
  return [...folders]
    .filter(([, inside]) => inside.length > MAX_FILES_PER_FOLDER)
    .map(([what, inside]) => ({ what, size: `${String(inside.length)} files` }))
}

function deep(among: readonly SourceFile[]): Over[] {
  const folders = new Set(among.map((f) => dirname(f.path)).filter((folder) => folder.startsWith("src/")))
  return [...folders]
    .map((what) => ({ what, depth: what.split("/").length - 1 }))
    .filter(({ depth }) => depth > MAX_DEPTH)
    .map(({ what, depth }) => ({ what, size: `depth ${String(depth)}` }))
}
