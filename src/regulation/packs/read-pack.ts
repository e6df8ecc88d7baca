import { LineCounter, isMap, isNode, parseDocument, visit, type Document } from "yaml"
import type { z } from "zod"
import { PackFile, type PolicyPack } from "./schema.ts"

/** What is wrong with a pack's file; lines count from 1. `message` is Chinese with English in brackets. */
export interface PackError {
  readonly line: number
  /** Where in the pack, `retention.0.years`; empty for a YAML error. */
  readonly at: string
  readonly message: string
}
export type ReadPack =
  | { readonly ok: true; readonly pack: PolicyPack }
  | { readonly ok: false; readonly errors: readonly [PackError, ...PackError[]] }

type Path = readonly PropertyKey[]

/** Reads a policy pack from its YAML text; a wrong one comes back as errors that name the line. */
export function readPack(text: string): ReadPack {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [broken, ...more] = [...syntaxErrors(document, lines), ...aliases(document, lines)]
  if (broken !== undefined) return { ok: false, errors: [broken, ...more] }
  const checked = PackFile.safeParse(document.toJS())
  if (checked.success) return { ok: true, pack: inForce(checked.data) }
  const [first, ...others] = checked.error.issues
    .flatMap(issuesOf)
    .map(({ path, message }) => ({
      line: lineOf(document, lines, path),
      at: path.map(String).join("."),
      message,
    }))
    .toSorted((a, b) => a.line - b.line)
  if (first === undefined) throw new Error("A refused pack has no issue")
  return { ok: false, errors: [first, ...others] }
}

function syntaxErrors(document: Document, lines: LineCounter): PackError[] {
  return document.errors.map((e) => ({
    line: lines.linePos(e.pos[0]).line,
    at: "",
    message: `YAML 格式錯誤 (${e.message})`,
  }))
}

/** Aliases would let a few lines grow without bound and hide what a parameter is. */
function aliases(document: Document, lines: LineCounter): PackError[] {
  const found: PackError[] = []
  visit(document, {
    Alias: (_, alias) => {
      const line = lines.linePos(alias.range?.[0] ?? 0).line
      found.push({ line, at: "", message: "不接受 YAML 別名 (aliases are not accepted)" })
    },
  })
  return found
}

function inForce({ meta, ...rest }: z.output<typeof PackFile>): PolicyPack {
  return { ...rest, ...meta, version: `${meta.id}@${String(meta.version)}` }
}

/** An unknown key is reported where it stands, not at the map that holds it. */
function issuesOf(issue: z.core.$ZodIssue): { path: Path; message: string }[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: "不認得的參數 (unknown key)" }))
  return [
    { path: issue.path, message: issue.code === "custom" ? issue.message : `內容不符 (${issue.message})` },
  ]
}

/** The line of the node at `path`; of its nearest ancestor that exists when it is missing. */
function lineOf(document: Document, lines: LineCounter, path: Path): number {
  for (let depth = path.length; depth > 0; depth--) {
    const offset = offsetOf(document, path.slice(0, depth))
    if (offset !== undefined) return lines.linePos(offset).line
  }
  return 1
}

function offsetOf(document: Document, path: Path): number | undefined {
  const parent = document.getIn(path.slice(0, -1), true)
  const last = path.at(-1)
  if (isMap(parent)) {
    const pair = parent.items.find((p) => isNode(p.key) && String(p.key) === String(last))
    return pair !== undefined && isNode(pair.key) ? pair.key.range?.[0] : undefined
  }
  const node = document.getIn(path, true)
  return isNode(node) ? node.range?.[0] : undefined
}
