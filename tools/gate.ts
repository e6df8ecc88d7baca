import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { dirname, join } from "node:path"

/** `npm test`: the one gate, in order; the first failing step ends it. */
const ROOT = dirname(import.meta.dirname)
const BIN = join(ROOT, "node_modules", ".bin")

interface Step {
  readonly name: string
  readonly command: readonly string[]
}

const STEPS: readonly Step[] = [
  { name: "peers", command: ["node", "tools/install-peers.ts"] },
  { name: "screens built", command: ["node", "tools/web-build.ts"] },
  { name: "format", command: ["prettier", "--check", "--log-level", "warn", "."] },
  { name: "types", command: ["tsc", "--noEmit", "-p", "."] },
  { name: "types of the screens", command: ["tsc", "--noEmit", "-p", "src/web"] },
  { name: "lint", command: ["eslint", "--max-warnings", "0", "."] },
  { name: "dead code", command: ["knip", "--no-progress"] },
  { name: "pure tests and walls", command: ["vitest", "run", "--project", "pure"] },
  { name: "database tests", command: ["vitest", "run", "--project", "database"] },
  { name: "browser tests", command: ["vitest", "run", "--project", "browser"] },
  { name: "torture, short", command: ["node", "tests/torture/main.ts", "--kills", "5"] },
  { name: "generated documents fresh", command: ["node", "tools/generate-docs.ts", "--check"] },
]

function run({ name, command }: Step): void {
  const [program = "", ...rest] = command
  const file = program === "node" ? process.execPath : join(BIN, program)
  const started = performance.now()
  console.log(`\n── ${name}`)
  const { status } = spawnSync(file, rest, {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, FORCE_COLOR: "0" },
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  if (status !== 0) {
    console.error(`\n✗ ${name} (${seconds} s)`)
    process.exit(1)
  }
  console.log(`✓ ${name} (${seconds} s)`)
}

if (!existsSync(BIN)) {
  console.error("請先執行 npm ci (run npm ci first)")
  process.exit(1)
}
const only = process.argv.slice(2)
const steps =
  only.length === 0 ? STEPS : STEPS.filter((step) => only.some((word) => step.name.includes(word)))
for (const step of steps) run(step)
console.log(`\n${steps.length} passed, 0 failed`)
