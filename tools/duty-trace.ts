import { DUTIES, DUTY_IDS, type Duty, type DutyId } from "../src/regulation/duties.ts"
import { REFUSALS } from "../src/regulation/refusals/index.ts"
import type { RefusalEntry } from "../src/regulation/refusals/kinds.ts"
import { isTest, sourceFiles, type SourceFile } from "./source-files.ts"

/** The stage being built: a duty of a later one stays planned, whatever of it exists already. */
export const STAGE: Duty["issue"] = 2

/** Where a duty lives in the program: the files of its rules, tests and screens, and the refusals that cite it. */
export interface DutyTrace {
  readonly id: DutyId
  readonly duty: Duty
  readonly rules: readonly string[]
  readonly tests: readonly string[]
  readonly refusals: readonly string[]
  readonly screens: readonly string[]
  /** A software duty of this stage or an earlier one is done when a rule and a test carry its id. */
  readonly status: "done" | "planned" | "organisational"
}

const RULE = /\brule\(\s*"([^"]+)"/g
const DUTY_TEST = /\bdutyTest\(\s*"([^"]+)"/g
/** A title such as "6-2d 兩職章…", or "6-2b 6-2c …" for several. */
const TITLE = /["'`]((?:[1-6]-\d+[a-e]?[ 、])+)\s*[\p{Script=Han}「（]/gu
const SCREEN = /\b(?:data-duty|duty)=\{?"([^"]+)"/g

/** Tests of the architecture name duties as samples only. */
function projectFiles(): SourceFile[] {
  return sourceFiles("src", "tests", "tools").filter(({ path }) => !path.startsWith("tests/architecture/"))
}

/** Traces every duty through the sources given; by default those of the project. */
export function traceDuties(files: readonly SourceFile[] = projectFiles()): DutyTrace[] {
  const code = files.filter((f) => !isTest(f) && f.path.startsWith("src/"))
  const tests = files.filter(isTest)
  const rules = index(code, RULE)
  const tested = index(tests, DUTY_TEST, index(tests, TITLE))
  const screens = index(
    code.filter((f) => f.path.startsWith("src/web/")),
    SCREEN,
  )
  return DUTY_IDS.map((id) => {
    const duty: Duty = DUTIES[id]
    const found = { rules: rules.get(id) ?? [], tests: tested.get(id) ?? [] }
    const status = statusOf(duty, found)
    return { id, duty, ...found, refusals: refusalsOf(id), screens: screens.get(id) ?? [], status }
  })
}

function statusOf(duty: Duty, { rules, tests }: Pick<DutyTrace, "rules" | "tests">): DutyTrace["status"] {
  if (duty.kind === "organisational") return "organisational"
  return duty.issue <= STAGE && rules.length > 0 && tests.length > 0 ? "done" : "planned"
}

function index(files: readonly SourceFile[], pattern: RegExp, into = new Map<string, string[]>()) {
  for (const { path, text } of files)
    for (const [, ids = ""] of text.matchAll(pattern))
      for (const id of ids.split(/[ 、]+/).filter((part) => part !== "")) {
        const paths = into.get(id) ?? []
        if (!paths.includes(path)) into.set(id, [...paths, path].toSorted())
      }
  return into
}

function refusalsOf(id: DutyId): string[] {
  return Object.entries<RefusalEntry>(REFUSALS)
    .filter(([, { source }]) => typeof source === "object" && "duty" in source && source.duty === id)
    .map(([code]) => code)
}
