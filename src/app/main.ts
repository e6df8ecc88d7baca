#!/usr/bin/env node
import { machineClock } from "../platform/clock.ts"
import { KeyringError } from "../platform/crypto/keyring.ts"
import { MigrationError } from "../platform/db/migrate.ts"
import { readConfig } from "../platform/config.ts"
import { createLog, describeError } from "../platform/log.ts"
import { StartError } from "../platform/start-error.ts"
import { start, type Started } from "./start.ts"

const EXPECTED = [StartError, KeyringError, MigrationError]

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = createLog(config.logLevel)
  process.on("unhandledRejection", (error) => {
    log.fatal({ err: describeError(error) }, "unhandled rejection")
    process.exit(1)
  })
  const started = await start(config, machineClock, log)
  stopOnSignals(started)
  console.log(started.demonstration ?? `戶守 Hushou：${config.origin}`)
  if (started.firstLink !== null) {
    console.log("尚無任何帳號。請以下列一次性連結建立第一位系統管理者（24 小時內有效）：")
    console.log(
      `(no account yet; this one-time link creates the first administrator)\n\n  ${started.firstLink}\n`,
    )
  }
}

/** Ctrl-C ends everything in order, the database last; a second one does not hurry it. */
function stopOnSignals({ stop, broken }: Started): void {
  let stopping: Promise<void> | undefined
  const end = (code: number) => {
    stopping ??= stop().then(
      () => process.exit(code),
      () => process.exit(1),
    )
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => end(0))
  void broken.then((why) => {
    if (stopping !== undefined) return
    console.error(why)
    end(1)
  })
}

main().catch((error: unknown) => {
  const isExpected = EXPECTED.some((kind) => error instanceof kind)
  console.error(isExpected && error instanceof Error ? error.message : error)
  process.exit(1)
})
