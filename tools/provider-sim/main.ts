#!/usr/bin/env node
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { parseArgs } from "node:util"
import type { FileSpec } from "./publish.ts"
import { SAMPLES } from "./samples.ts"
import { startControlServer } from "./servers/control-server.ts"
import { startProviderSim, type ProviderSim } from "./simulator.ts"
import { FORMATS, type Format } from "./synthetic/formats.ts"

const USAGE = `Acts a provider of household-registration data, with people who do not exist.

  npm run provider-sim -- --dir DIR [--port N] [--smtp-port N] [--http-port N] [--host A]
    [--user NAME] [--password SECRET] [--seed N]
    [--name FILE --format ${FORMATS.join("|")} (--records N | --bytes N)
      [--declared N] [--lf] [--no-header] [--rare-every N] [--line-breaks] [--cut-bytes N] [--notice-to ADDRESS]]
    [--samples] [--throttle BYTES_PER_SECOND] [--drop-after BYTES] [--drops N] [--stall-after BYTES]

Ports default to 0 (any free one). Events are written to standard output as JSON lines:
ready, published, notice (an .eml in DIR/notices), mail (received from the agency). Ctrl-C stops it.
--samples offers one file of each kind, a broken one among them.`

const FLAGS = {
  dir: { type: "string" },
  port: { type: "string" },
  "smtp-port": { type: "string" },
  "http-port": { type: "string" },
  host: { type: "string" },
  user: { type: "string" },
  password: { type: "string" },
  seed: { type: "string" },
  name: { type: "string" },
  format: { type: "string" },
  records: { type: "string" },
  bytes: { type: "string" },
  declared: { type: "string" },
  lf: { type: "boolean" },
  "no-header": { type: "boolean" },
  "rare-every": { type: "string" },
  "line-breaks": { type: "boolean" },
  "cut-bytes": { type: "string" },
  "notice-to": { type: "string" },
  samples: { type: "boolean" },
  throttle: { type: "string" },
  "drop-after": { type: "string" },
  drops: { type: "string" },
  "stall-after": { type: "string" },
  help: { type: "boolean" },
} as const

type Flags = ReturnType<typeof parseArgs<{ options: typeof FLAGS }>>["values"]

async function main(): Promise<void> {
  const flags = parseArgs({ options: FLAGS }).values
  if (flags.help === true || flags.dir === undefined) {
    console.log(USAGE)
    process.exitCode = flags.help === true ? 0 : 2
    return
  }
  const sim = await startProviderSim({
    dir: flags.dir,
    seed: number(flags, "seed") ?? 1,
    sftpPort: number(flags, "port") ?? 0,
    smtpPort: number(flags, "smtp-port") ?? 0,
    faults: {
      dropAfterBytes: number(flags, "drop-after"),
      drops: number(flags, "drops"),
      stallAfterBytes: number(flags, "stall-after"),
      bytesPerSecond: number(flags, "throttle"),
    },
    onMail: (mail) => print({ event: "mail", ...mail }),
    ...(flags.host === undefined ? {} : { host: flags.host }),
    ...(flags.user === undefined ? {} : { user: flags.user }),
    ...(flags.password === undefined ? {} : { password: flags.password }),
  })
  const httpPort = number(flags, "http-port")
  const control = httpPort === undefined ? undefined : await startControlServer(sim, httpPort)
  const stop = () => void Promise.all([sim.stop(), control?.stop()])
  for (const ending of ["SIGINT", "SIGTERM", "disconnect"] as const) process.once(ending, stop)
  process.channel?.unref()
  for (const spec of specsOf(flags)) await publish(sim, spec, flags.dir, flags["notice-to"])
  print({ event: "ready", sftp: sim.sftp, smtp: sim.smtp, http: control?.port })
}

function specsOf(flags: Flags): readonly FileSpec[] {
  const asked = fileSpec(flags)
  return [...(asked === undefined ? [] : [asked]), ...(flags.samples === true ? SAMPLES : [])]
}

async function publish(sim: ProviderSim, spec: FileSpec, dir: string, to: string | undefined): Promise<void> {
  const file = await sim.publish(spec)
  print({ event: "published", ...file })
  if (to === undefined) return
  await mkdir(join(dir, "notices"), { recursive: true })
  const path = join(dir, "notices", `${file.name}.eml`)
  await writeFile(path, await sim.noticeMail({ file, to }))
  print({ event: "notice", path })
}

function fileSpec(flags: Flags): FileSpec | undefined {
  const size = { records: number(flags, "records"), bytes: number(flags, "bytes") }
  if (size.records === undefined && size.bytes === undefined) return undefined
  const format = FORMATS.find((known) => known === (flags.format ?? "utf8-csv"))
  if (format === undefined) throw new Error(`--format must be one of ${FORMATS.join(", ")}`)
  return defined({
    name: flags.name ?? defaultName(format),
    format,
    ...size,
    declaredRecords: number(flags, "declared"),
    rareEvery: number(flags, "rare-every"),
    cutBytes: number(flags, "cut-bytes"),
    lineEnd: flags.lf === true ? ("lf" as const) : ("crlf" as const),
    header: flags["no-header"] !== true,
    lineBreaks: flags["line-breaks"] === true,
  })
}

function defaultName(format: Format): string {
  return format.endsWith("csv") ? "household.csv" : "household.txt"
}

function number(flags: Flags, name: keyof Flags): number | undefined {
  const text = flags[name]
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} must be a whole number`)
  return value
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** The same without the properties that are undefined. */
function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as Defined<T>
}

function print(event: Readonly<Record<string, unknown>>): void {
  console.log(JSON.stringify(event))
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
