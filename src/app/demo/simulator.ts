import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { createInterface } from "node:readline"

const PROGRAM = join(import.meta.dirname, "../../../tools/provider-sim/main.ts")

export interface RunningSimulator {
  readonly sftp: {
    readonly host: string
    readonly port: number
    readonly user: string
    readonly password: string
    readonly hostKeyFingerprint: string
  }
  readonly smtpUrl: string
  /** The provider's notices, one a file, each an `.eml` to drop into the program. */
  readonly noticePaths: readonly string[]
  readonly stop: () => Promise<void>
}

interface Ready {
  readonly event: "ready"
  readonly sftp: RunningSimulator["sftp"]
  readonly smtp: { readonly host: string; readonly port: number }
}

type Said =
  Ready | { readonly event: "notice"; readonly path: string } | { readonly event: "published" | "mail" }

/** Starts the provider simulator as a program of its own, with a file of each kind to be fetched. */
export async function startSimulator(dir: string, noticeTo: string): Promise<RunningSimulator> {
  const flags = ["--dir", dir, "--samples", "--notice-to", noticeTo]
  // The channel closes when this process ends, however it ends, and the simulator with it.
  const stdio = ["ignore", "pipe", "inherit", "ipc"] as const
  const child = spawn(process.execPath, [PROGRAM, ...flags], { stdio: [...stdio] })
  if (child.stdout === null) throw new Error("the provider simulator has an output")
  const lines = createInterface({ input: child.stdout })
  const noticePaths: string[] = []
  for await (const line of lines) {
    const event = JSON.parse(line) as Said
    if (event.event === "notice") noticePaths.push(event.path)
    if (event.event !== "ready") continue
    child.stdout.resume()
    const { host, port } = event.smtp
    return {
      sftp: event.sftp,
      smtpUrl: `smtp://${host}:${port}`,
      noticePaths,
      stop: async () => {
        if (child.exitCode !== null) return
        child.kill("SIGTERM")
        await once(child, "exit")
      },
    }
  }
  throw new Error("the provider simulator ended before it was ready")
}
