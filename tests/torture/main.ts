import { execFile } from "node:child_process"
import { randomInt } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { parseArgs, promisify } from "node:util"
import type { DeliveryDetail } from "../../src/modules/deliveries/contract.ts"
import { freePort, startServer, type ServerProcess } from "../support/server-process.ts"
import { Acknowledged, Refused, Workers } from "./workers.ts"

/**
 * `npm run torture -- --kills 200`: kills the server with SIGKILL at random moments during uploads, stamps and appends.
 * Afterwards no acknowledged fact is missing, no file is half there, the tables agree with the ledger and it verifies.
 */
const { values } = parseArgs({
  options: { kills: { type: "string", default: "20" }, workers: { type: "string", default: "3" } },
})
const KILLS = Number(values.kills)
const WORKERS = Number(values.workers)
const ORDER = ["announced", "download-requested", "downloaded", "registered", "released"]
const run = promisify(execFile)

const directory = await mkdtemp(join(tmpdir(), "hushou-torture-"))
const said = new Acknowledged()
const port = await freePort()
let server = await startServer(directory, port)
process.on("exit", () => server.child.kill("SIGKILL"))
await new Workers(server.origin, said).signInAll()
for (let kill = 1; kill <= KILLS; kill++) {
  await workUntilKilled(server)
  server = await startServer(directory, port)
  await checkAll(server).catch((error: unknown) => {
    console.error(server.said())
    throw error
  })
  if (kill % 10 === 0 || kill === KILLS)
    console.log(
      `${kill} kills, ${said.deliveries.size} deliveries, ${said.actions} acknowledged actions: all there`,
    )
}
await verifyLedger()
const code = await server.stop()
if (code !== 0) throw new Error(`the server ended with ${code}`)
await rm(directory, { recursive: true, force: true })
console.log(
  `torture: ${KILLS} kills survived, ${said.actions} acknowledged actions and ${said.stamps.length} stamps all there, ledger verifies`,
)

async function workUntilKilled(target: ServerProcess): Promise<void> {
  const refusals: unknown[] = []
  const work = async () => {
    const workers = new Workers(target.origin, said)
    for (;;)
      try {
        await workers.workOneDelivery()
      } catch (error) {
        if (error instanceof Refused) refusals.push(error)
        return
      }
  }
  const working = Promise.all(Array.from({ length: WORKERS }, work))
  await sleep(randomInt(150, 2_500))
  await target.kill()
  await working
  if (refusals.length > 0) throw refusals[0]
}

async function checkAll({ origin }: ServerProcess): Promise<void> {
  const reader = new Workers(origin, said)
  for (const [id, known] of said.deliveries) {
    const now = await reader.get<DeliveryDetail>("handler", `/deliveries/${id}`)
    if (ORDER.indexOf(now.state) < ORDER.indexOf(known.state))
      throw new Error(`${known.number} was ${known.state} and is ${now.state}`)
  }
  for (const { delivery, place, digest } of said.stamps) {
    const { entry } = await reader.get<DeliveryDetail>("handler", `/deliveries/${delivery}`)
    if (entry?.stamps.some((stamp) => stamp.place === place && stamp.digest === digest) !== true)
      throw new Error(`a stamp of ${delivery} is missing`)
  }
  for (const [id] of said.uploads) await reader.checkUpload(id)
  said.uploads.clear()
}

/** As a stranger would: the exported bundle, with nothing but its key. */
async function verifyLedger(): Promise<void> {
  const bundle = join(directory, "bundle")
  const cli = join(import.meta.dirname, "../../src/app/cli.ts")
  const env = { ...process.env, HUSHOU_DATA: join(directory, "data"), HUSHOU_KEYS: join(directory, "keys") }
  await run(process.execPath, [cli, "ledger", "export", bundle], { env })
  const { stdout } = await run(process.execPath, [cli, "ledger", "verify", bundle], { env })
  console.log(stdout.trim().split("\n")[0])
}
