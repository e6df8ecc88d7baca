/**
 * `npm start` as a user types it, on a data directory that was used before: until the first page and all that it
 * loads are there, and what the program's process then holds in memory, the database not counted.
 */
import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { freePort } from "../tests/support/server-process.ts"
import { assertDone, benchOptions, interleaved, median, printRatio, secondsOf } from "./harness.ts"

const MOST_SECONDS = 3
const MOST_MEMORY_MB = 250
const ROUNDS = 5
const PATIENCE_SECONDS = 90
const ASK_EVERY_MS = 5

async function started(directory: string, port: number): Promise<ChildProcess> {
  const program = spawn("npm", ["start"], {
    cwd: join(import.meta.dirname, ".."),
    // A group of its own, to which a signal goes as from the keyboard.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      HUSHOU_DATA: join(directory, "data"),
      HUSHOU_KEYS: join(directory, "keys"),
      HUSHOU_PORT: String(port),
      HUSHOU_LOG_LEVEL: "error",
    },
  })
  let said = ""
  for (const output of [program.stdout, program.stderr])
    output.on("data", (text: Buffer) => (said += text.toString()))
  const until = Date.now() + PATIENCE_SECONDS * 1000
  while (!(await hasFirstPage(`http://localhost:${port}`))) {
    assertDone(program.exitCode === null && Date.now() < until, `the first page\n${said}`)
    await sleep(ASK_EVERY_MS)
  }
  return program
}

/** Ends when nothing of it holds its output any more: npm, its shell and the program. */
async function end(program: ChildProcess): Promise<void> {
  const closed = once(program, "close")
  process.kill(-(program.pid ?? NaN), "SIGINT")
  await closed
}

async function hasFirstPage(origin: string): Promise<boolean> {
  const page = await textOf(`${origin}/`).catch(() => null)
  if (page === null) return false
  const parts = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = ""]) => textOf(origin + path))
  const sizes = (await Promise.all(parts)).map((part) => part.length)
  assertDone(sizes.length > 1 && sizes.every((size) => size > 0), "what the first page loads")
  return true
}

async function textOf(url: string): Promise<string> {
  const response = await fetch(url)
  assertDone(response.ok, url)
  return response.text()
}

/** Resident memory of the program as it says it itself, in MB. */
async function memoryOf(origin: string): Promise<number> {
  const metrics = await textOf(`${origin}/metrics`)
  const bytes = Number(/^process_resident_memory_bytes (\d+)$/m.exec(metrics)?.[1])
  assertDone(bytes > 0, "the program's memory")
  return bytes / 1e6
}

benchOptions()
const directory = await mkdtemp(join(tmpdir(), "hushou-start-"))
await chmod(directory, 0o711)
const memories: number[] = []
const port = await freePort()
try {
  await end(await started(directory, port))
  const start = async () => {
    let program: ChildProcess | undefined
    const seconds = await secondsOf(async () => (program = await started(directory, port)))
    memories.push(await memoryOf(`http://localhost:${port}`))
    if (program !== undefined) await end(program)
    return seconds
  }
  const { seconds } = await interleaved({ seconds: start }, ROUNDS)
  const memory = median(memories)
  console.log(`npm start to the first page: ${seconds.toFixed(2)} s; at most ${MOST_SECONDS} s wanted`)
  console.log(`memory then: ${memory.toFixed(0)} MB; at most ${MOST_MEMORY_MB} MB wanted`)
  printRatio("start", MOST_SECONDS / seconds, 1)
  printRatio("start-memory", MOST_MEMORY_MB / memory, 1)
} finally {
  await rm(directory, { recursive: true, force: true })
}
