import { createHash } from "node:crypto"
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs"
import { join, sep } from "node:path"
import { fileURLToPath } from "node:url"

const ROOT = join(import.meta.dirname, "..")
const BUILT = join(ROOT, "dist/web")
const STAMP = join(BUILT, "digest.json")

/** Whatever the screens are made of: their own files, the pure layers, and the contracts with their parts. */
const SOURCES = [
  "src/web/**/*",
  "src/{kernel,regulation,contract}/**/*.{ts,csv,yaml}",
  "src/modules/*/{contract,views,model}.ts",
  "src/modules/*/{contracts,rules}/**/*.ts",
  "vite.config.ts",
  "package-lock.json",
]

/** SHA-256 over path and content of every source, in order; tests do not count. */
export function digestOfSources(root = ROOT): string {
  const hash = createHash("sha256")
  const paths = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: root, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .map((path) => path.split(sep).join("/"))
    .toSorted()
  for (const path of paths)
    hash.update(
      `${path}\0${createHash("sha256")
        .update(readFileSync(join(root, path)))
        .digest("hex")}\n`,
    )
  return hash.digest("hex")
}

/** Whether the built screens are those of the sources as they stand. */
export function isFresh(): boolean {
  if (!existsSync(STAMP) || !existsSync(join(BUILT, "index.html"))) return false
  const { sources } = JSON.parse(readFileSync(STAMP, "utf8")) as { sources?: unknown }
  return sources === digestOfSources()
}

async function build(): Promise<void> {
  const sources = digestOfSources()
  const vite = await import("vite")
  await vite.build({ configFile: join(ROOT, "vite.config.ts"), logLevel: "warn" })
  writeFileSync(STAMP, `${JSON.stringify({ sources })}\n`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv.includes("--check")) {
    if (!isFresh()) await build()
  } else if (!isFresh()) {
    console.error("畫面尚未建置或已過期，請執行 npm run build:web")
    console.error("the screens are not built, or older than their sources; run npm run build:web")
    process.exitCode = 1
  }
}
