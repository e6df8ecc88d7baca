import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { parseArgs } from "node:util"

/** `npm run bench`: all benchmarks in turn, or those named; each in a process of its own, for its memory's sake. */
const BENCHMARKS = ["start", "ledger-append", "ledger-verify", "intake"]

const { values, positionals } = parseArgs({
  options: { full: { type: "boolean" }, scale: { type: "boolean" } },
  allowPositionals: true,
})
const unknown = positionals.find((name) => !BENCHMARKS.includes(name))
if (unknown !== undefined) throw new Error(`no benchmark ${unknown}; there are ${BENCHMARKS.join(", ")}`)

const options = Object.keys(values).map((name) => `--${name}`)
for (const name of positionals.length > 0 ? positionals : BENCHMARKS) {
  console.log(`\n${name}`)
  const script = join(import.meta.dirname, `${name}.ts`)
  const [code] = (await once(
    spawn(process.execPath, [script, ...options], { stdio: "inherit" }),
    "exit",
  )) as [number | null]
  if (code !== 0) process.exitCode = 1
}
