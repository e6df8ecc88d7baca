import { execFileSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { modulesAt } from "../src/app/modules.ts"
import { routesOf } from "../src/app/http/routes.ts"
import { MAY, DELIVERY_COMMANDS } from "../src/modules/deliveries/rules/permissions.ts"
import { openApiOf } from "../src/platform/http/openapi.ts"
import type { Runtime } from "../src/runtime/index.ts"

/** `npm run docs` writes what is printed from code into docs/generated; `--check` fails when it is stale. */
const ROOT = join(import.meta.dirname, "..")
const isCheck = process.argv.includes("--check")

/** Routes are values; no handler runs while they are listed. */
function openApi(): string {
  const origin = "http://localhost:8080"
  const routes = routesOf({ origin } as Runtime, modulesAt(origin))
  return `${JSON.stringify(
    openApiOf(
      routes.map((route) => route.endpoint),
      "0.1.0",
      origin,
    ),
    null,
    2,
  )}\n`
}

function permissions(): string {
  const desks = ["handler", "it-handler", "supervisor", "stamper"] as const
  const states = Object.keys(MAY) as (keyof typeof MAY)[]
  const rows = DELIVERY_COMMANDS.map((command) => {
    const cells = states.map((state) =>
      desks.filter((desk) => MAY[state][desk]?.includes(command)).join(", "),
    )
    return `| ${command} | ${cells.join(" | ")} |`
  })
  return [
    "# Who may do what to a delivery, and when",
    "",
    "Printed from `src/modules/deliveries/rules/permissions.ts` by `npm run docs`.",
    "",
    `| command | ${states.join(" | ")} |`,
    `|---|${states.map(() => "---|").join("")}`,
    ...rows,
    "",
  ].join("\n")
}

function moduleGraph(): string {
  const arrows = modulesAt("http://localhost:8080").map((module) => `- ${module.name}`)
  return [
    "# Modules in order",
    "",
    "A module may call earlier ones only (`src/app/modules.ts`).",
    "",
    ...arrows,
    "",
  ].join("\n")
}

const DOCUMENTS = [
  ["docs/generated/openapi.json", openApi],
  ["docs/generated/permissions.md", permissions],
  ["docs/generated/modules.md", moduleGraph],
] as const

let isStale = false
for (const [path, print] of DOCUMENTS) {
  const text = print()
  if (!isCheck) writeFileSync(join(ROOT, path), text)
  else if (readOr(path) !== text) {
    isStale = true
    console.error(`${path} is stale; run npm run docs`)
  }
}
for (const tool of ["tools/duty-matrix.ts", "tools/schema-types.ts"])
  try {
    execFileSync(process.execPath, [join(ROOT, tool), ...(isCheck ? ["--check"] : [])], {
      cwd: ROOT,
      stdio: "inherit",
    })
  } catch {
    isStale = true
  }
process.exitCode = isStale ? 1 : 0

function readOr(path: string): string {
  try {
    return readFileSync(join(ROOT, path), "utf8")
  } catch {
    return ""
  }
}
