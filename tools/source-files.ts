import { existsSync, globSync, readFileSync } from "node:fs"
import { join, sep } from "node:path"

export const ROOT = join(import.meta.dirname, "..")

/** A file of the project with its text; the path is relative to the root, with `/`. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** The `.ts` and `.tsx` files under the folders named, tests included, in order. */
export function sourceFiles(...folders: readonly string[]): readonly SourceFile[] {
  return folders
    .filter((folder) => existsSync(join(ROOT, folder)))
    .flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: ROOT }))
    .map((path) => path.split(sep).join("/"))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }))
}

export function isTest({ path }: SourceFile): boolean {
  return /\.test\.tsx?$/.test(path)
}
