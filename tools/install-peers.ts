/** `node tools/install-peers.ts` installs the packages of tools/debian-packages, or says in one line how to. */
import { execFile, spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"

/** Packages of the gate's own tests. */
export async function readPackages(): Promise<string[]> {
  const text = await readFile(join(import.meta.dirname, "debian-packages"), "utf8")
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#"))
}

/** Makes sure the packages are installed. Throws with one line that says how when it may not or cannot do so. */
export async function installPackages(packages: readonly string[]): Promise<void> {
  const missing = await findMissing(packages)
  if (missing.length === 0) return
  if (!existsSync("/usr/bin/apt-get"))
    throw new Error(`缺少測試所需程式，請安裝（install these): ${missing.join(" ")}`)
  if (process.getuid?.() !== 0)
    throw new Error(`缺少測試所需程式，請執行（run this): sudo apt-get install -y ${missing.join(" ")}`)
  runApt("update")
  runApt("install", "-y", "--no-install-recommends", ...missing)
}

async function findMissing(packages: readonly string[]): Promise<string[]> {
  const installed = await Promise.all(packages.map(isInstalled))
  return packages.filter((_, i) => !installed[i])
}

async function isInstalled(name: string): Promise<boolean> {
  const query = promisify(execFile)("dpkg-query", ["--show", "--showformat=${db:Status-Status}", name])
  return query.then(
    ({ stdout }) => stdout === "installed",
    () => false,
  )
}

function runApt(...args: readonly string[]): void {
  // In run level 1 a package that is a service does not start it.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" }
  const { status } = spawnSync("apt-get", ["-q", ...args], { stdio: "inherit", env })
  if (status !== 0) throw new Error(`apt-get ${args.join(" ")} failed`)
}

if (import.meta.main)
  await installPackages(await readPackages()).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : "unknown error"}\n`)
    process.exitCode = 1
  })
