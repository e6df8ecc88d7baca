import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { createServer } from "node:net"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"

const MAIN = join(import.meta.dirname, "../../src/app/main.ts")
const READY_WITHIN_MS = 90_000

/** The program as an operating system sees it: a process that can be killed at any moment. */
export interface ServerProcess {
  readonly origin: string
  readonly child: ChildProcess
  /** What it has printed so far. */
  readonly said: () => string
  /** SIGKILL: nothing in the process gets to know. */
  readonly kill: () => Promise<void>
  /** SIGTERM, and wait for an orderly end. */
  readonly stop: () => Promise<number | null>
}

/** `settings` are further variables of the environment. */
export async function startServer(
  directory: string,
  port: number,
  settings: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const environment = {
    PATH: process.env["PATH"],
    HOME: process.env["HOME"],
    HUSHOU_DEMO: "1",
    HUSHOU_DATA: join(directory, "data"),
    HUSHOU_KEYS: join(directory, "keys"),
    HUSHOU_PORT: String(port),
    HUSHOU_LOG_LEVEL: "error",
    ...settings,
  }
  const child = spawn(process.execPath, [MAIN], { env: environment, stdio: ["ignore", "pipe", "pipe"] })
  let said = ""
  child.stdout.on("data", (text: Buffer) => (said += text.toString()))
  child.stderr.on("data", (text: Buffer) => (said += text.toString()))
  const origin = `http://localhost:${port}`
  for (let waited = 0; !(await isReady(origin)); waited += 50) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${said}`)
    if (waited > READY_WITHIN_MS) throw new Error(`the server is not ready:\n${said}`)
    await sleep(50)
  }
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, "exit")
    child.kill(signal)
    await ended
  }
  return {
    origin,
    child,
    said: () => said,
    kill: () => end("SIGKILL"),
    stop: async () => {
      await end("SIGTERM")
      return child.exitCode
    },
  }
}

async function isReady(origin: string): Promise<boolean> {
  try {
    return (await fetch(`${origin}/api/ready`)).ok
  } catch {
    return false
  }
}

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1")
  await once(probe, "listening")
  const address = probe.address()
  probe.close()
  await once(probe, "close")
  if (address === null || typeof address === "string") throw new Error("no port")
  return address.port
}
