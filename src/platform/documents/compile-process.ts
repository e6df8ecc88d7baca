import { fileURLToPath } from "node:url"
import { isAbsolute } from "node:path"
import { NodeCompiler, type NodeError } from "@myriaddreamin/typst-ts-node-compiler"
import { BLANK_FAMILY, makeBlankFont } from "./blank-font.ts"
import { findFonts, missingGlyphs, type FontFamily } from "./fonts.ts"

/** Sent by the server; `data` is JSON. */
export interface CompileRequest {
  readonly template: string
  readonly data: string
  readonly fontDirectories?: readonly string[]
}

export type CompileReply =
  { readonly ok: true; readonly pdf: Uint8Array } | { readonly ok: false; readonly reason: string }

/** Templates import `/platform/documents/paper.typ` from here. */
const TEMPLATE_ROOT = fileURLToPath(new URL("../../", import.meta.url))
/** Compilations after which an unused memoised result is dropped. */
const CACHE_AGE = 5
const MAX_REASON = 500

const compilers = new Map<string, NodeCompiler>()

process.on("message", (request: CompileRequest) => {
  process.send?.(answer(request))
})
process.on("SIGINT", () => undefined)

function answer(request: CompileRequest): CompileReply {
  try {
    return { ok: true, pdf: compile(request) }
  } catch (error) {
    return { ok: false, reason: reasonOf(error) }
  }
}

/** What the compiler quotes may be personal data, so it is left out. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.replaceAll(/"(?:[^"\\]|\\.)*"/gu, '"…"').slice(0, MAX_REASON)
}

function compile({ template, data, fontDirectories }: CompileRequest): Uint8Array {
  const fonts = findFonts(fontDirectories)
  const { json, text } = toPrintable(data)
  const missing = missingGlyphs(text, fonts)
  const compiler = compilerFor(fonts, missing)
  const inputs = {
    data: json,
    fonts: JSON.stringify(fonts.map((font) => font.name)),
    missing: missing.map((character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`).join(""),
    blank: BLANK_FAMILY,
  }
  const main = isAbsolute(template) ? { mainFilePath: template } : { mainFileContent: template }
  const result = compiler.compile({ ...main, inputs })
  if (result.result === null) throw new Error(explain(compiler, result.takeError()))
  try {
    return compiler.pdf(result.result, { pdfStandard: "a-2b" })
  } finally {
    compiler.evictCache(CACHE_AGE)
  }
}

/** Line ends as LF, tabs as spaces and lone surrogates as U+FFFD in every string, and all strings together. */
function toPrintable(data: string): { readonly json: string; readonly text: string } {
  const strings: string[] = []
  const value: unknown = JSON.parse(data, (_key, field: unknown) => {
    if (typeof field !== "string") return field
    const text = field.toWellFormed().replaceAll(/\r\n?/gu, "\n").replaceAll("\t", " ")
    strings.push(text)
    return text
  })
  return { json: JSON.stringify(value), text: strings.join("\n") }
}

/** One compiler serves all documents that need no box; the blank font of the others changes with them. */
function compilerFor(fonts: readonly FontFamily[], missing: readonly string[]): NodeCompiler {
  const files = fonts.flatMap((font) => font.files)
  if (missing.length > 0) return createCompiler(files, missing)
  const key = files.join("\n")
  const compiler = compilers.get(key) ?? createCompiler(files, [])
  compilers.set(key, compiler)
  return compiler
}

function createCompiler(files: readonly string[], missing: readonly string[]): NodeCompiler {
  const blank = missing.length === 0 ? [] : [{ fontBlobs: [Buffer.from(makeBlankFont(missing))] }]
  return NodeCompiler.create({ workspace: TEMPLATE_ROOT, fontArgs: [...blank, { fontPaths: [...files] }] })
}

function explain(compiler: NodeCompiler, error: NodeError | null): string {
  const diagnostics = (error === null ? [] : compiler.fetchDiagnostics(error)) as { message?: string }[]
  return diagnostics.map((d) => d.message ?? "").join("; ")
}
