import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js"
import { globSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join, relative, sep } from "node:path"

const ROOT = join(import.meta.dirname, "../../..")

/** Named one by one, so that no data, keys or settings of an installation are ever among them. */
const SOURCES = [
  "{bench,docs,migrations,src,tests,tools}/**/*",
  "{ARCHITECTURE,CHANGELOG,CONTRIBUTING,GLOSSARY,README,SECURITY}.md",
  "{package,package-lock,tsconfig,knip}.json",
  "{vite,vitest}.config.ts",
  "eslint.config.js",
  "LICENSE",
  ".{dependency-cruiser.cjs,env.example,gitignore,npmrc,prettierignore,prettierrc.json}",
]

let archive: Promise<Uint8Array> | undefined

/** The program's own source as a ZIP archive, whatever was changed in it; made once. */
export function sourceArchive(): Promise<Uint8Array> {
  archive ??= pack()
  return archive
}

async function pack(): Promise<Uint8Array> {
  const zip = new ZipWriter(new Uint8ArrayWriter())
  const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: ROOT, withFileTypes: true }))
  for (const file of files.filter((entry) => entry.isFile())) {
    const path = join(file.parentPath, file.name)
    const name = relative(ROOT, path).split(sep).join("/")
    await zip.add(`hushou/${name}`, new Uint8ArrayReader(await readFile(path)))
  }
  return zip.close()
}
