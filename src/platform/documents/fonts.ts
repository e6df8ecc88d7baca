import { readdirSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { readCoverage, type Coverage } from "./font-coverage.ts"

/** One typeface as Typst names it; `files` are its weights. */
export interface FontFamily {
  readonly name: string
  readonly files: readonly string[]
}

/** Where an operating system keeps fonts; 全字庫 is looked for here. */
export const SYSTEM_FONT_DIRECTORIES = ["/usr/share/fonts", "/usr/local/share/fonts"]

/** 全字庫 in the order of preference: 宋體, then 楷體, each with its extensions. */
const CNS_FAMILIES = ["TW-Sung", "TW-Sung-Ext-B", "TW-Sung-Plus", "TW-Kai", "TW-Kai-Ext-B", "TW-Kai-Plus"]
const CNS_FILE = /^(TW-(?:Sung|Kai)(?:-Ext-B|-Plus)?)-\d.*\.ttf$/u

/** Noto Sans TC, then whatever of 全字庫 lies under `directories`. A directory that is absent is skipped. */
export function findFonts(directories: readonly string[] = SYSTEM_FONT_DIRECTORIES): FontFamily[] {
  const found = directories.flatMap(filesUnder).map((file) => [familyOf(file), file] as const)
  const cns = CNS_FAMILIES.flatMap((name) => {
    const file = found.find(([family]) => family === name)?.[1]
    return file === undefined ? [] : [{ name, files: [file] }]
  })
  return [notoSans(), ...cns]
}

/**
 * The characters of `text` that none of `fonts` can draw in every weight, each once, in order of appearance.
 * Line breaks draw nothing and are never missing; a variation selector is a character of its own, so a
 * requested variant that cannot be honoured is missing too.
 */
export function missingGlyphs(text: string, fonts: readonly FontFamily[]): string[] {
  return [...new Set(text)].filter((character) => {
    const code = character.codePointAt(0) ?? 0
    return character !== "\n" && !fonts.some((font) => font.files.every((file) => coverage(file).has(code)))
  })
}

const coverages = new Map<string, Coverage>()

function coverage(file: string): Coverage {
  const known = coverages.get(file) ?? readCoverage(file)
  coverages.set(file, known)
  return known
}

function notoSans(): FontFamily {
  const home = dirname(fileURLToPath(import.meta.resolve("@expo-google-fonts/noto-sans-tc/package.json")))
  const weights = ["400Regular", "500Medium", "700Bold"]
  return {
    name: "Noto Sans TC",
    files: weights.map((weight) => join(home, weight, `NotoSansTC_${weight}.ttf`)),
  }
}

function filesUnder(directory: string): string[] {
  try {
    const entries = readdirSync(directory, { recursive: true, withFileTypes: true })
    return entries.map((entry) => join(entry.parentPath, entry.name)).sort()
  } catch {
    return []
  }
}

function familyOf(file: string): string | undefined {
  return CNS_FILE.exec(file.slice(dirname(file).length + 1))?.[1]
}
