import { execFile } from "node:child_process"
import { createHash, randomInt } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { parseArgs, promisify } from "node:util"
import { withInstallation } from "../../src/app/cli/installation.ts"
import { checkIntegrity } from "../../src/app/integrity.ts"
import type { DeliveryDetail } from "../../src/modules/deliveries/contract.ts"
import { freePort, startServer, type ServerProcess } from "../support/server-process.ts"
import { Acknowledged } from "./acknowledged.ts"
import { Client, Died } from "./client.ts"
import { openProvider } from "./provider.ts"
import { Workers } from "./workers.ts"

/**
 * `npm run torture -- --kills 200`: kills the server with SIGKILL at random moments during uploads, downloads, stamps
 * and appends. Afterwards no acknowledged fact is missing, every file opens as it was sent, the tables agree with the
 * ledger and the ledger verifies.
 */
const { values } = parseArgs({
  options: { kills: { type: "string", default: "20" }, workers: { type: "string", default: "3" } },
})
const KILLS = Number(values.kills)
const WORKERS = Number(values.workers)
const ORDER = ["announced", "download-requested", "downloaded", "registered", "released"]
const run = promisify(execFile)

const directory = await mkdtemp(join(tmpdir(), "hushou-torture-"))
const paths = { HUSHOU_DATA: join(directory, "data"), HUSHOU_KEYS: join(directory, "keys") }
const said = new Acknowledged()
const port = await freePort()
let server = await startServer(directory, port)
process.on("exit", () => server.child.kill("SIGKILL"))
const clientOf = ({ origin }: ServerProcess) => new Client(origin, said.sessions)
await clientOf(server).signInAll()
const provider = await openProvider(clientOf(server), join(directory, "provider"))
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
const opened = await openEveryFile(server)
await verifyLedger()
const code = await server.stop()
if (code !== 0) throw new Error(`the server ended with ${code}`)
await provider.stop()
await verifyInstallation()
await rm(directory, { recursive: true, force: true })
console.log(
  `torture: ${KILLS} kills survived, ${said.downloadsCut} downloads cut by them; ${said.actions} acknowledged actions and ${said.stamps.length} stamps all there, ${opened} files as sent, tables agree with the ledger, ledger verifies`,
)

async function workUntilKilled(target: ServerProcess): Promise<void> {
  const failures: unknown[] = []
  const work = async () => {
    const workers = new Workers(clientOf(target), said, provider)
    for (;;)
      try {
        await workers.workOneDelivery()
      } catch (error) {
        if (!(error instanceof Died)) failures.push(error)
        return
      }
  }
  const working = Promise.all(Array.from({ length: WORKERS }, work))
  await sleep(randomInt(150, 2_500))
  await target.kill()
  await working
  if (failures.length > 0) throw failures[0]
}

async function checkAll(target: ServerProcess): Promise<void> {
  const reader = clientOf(target)
  for (const [id, known] of said.deliveries) {
    const now = await reader.get<DeliveryDetail>("handler", `/deliveries/${id}`)
    if (ORDER.indexOf(now.state) < ORDER.indexOf(known.state))
      throw new Error(`${known.number} was ${known.state} and is ${now.state}`)
    for (const { place, digest } of said.stamps.filter(({ delivery }) => delivery === id))
      if (now.entry?.stamps.some((stamp) => stamp.place === place && stamp.digest === digest) !== true)
        throw new Error(`a stamp of ${known.number} is missing`)
  }
}

/** What kills interrupted is brought to its end; then the handler opens every file there is. Gives how many. */
async function openEveryFile(target: ServerProcess): Promise<number> {
  const client = clientOf(target)
  const workers = new Workers(client, said, provider)
  for (const id of said.interrupted.splice(0)) await workers.carryOn(id)
  for (const [id, { file, via }] of said.sent) {
    const content = await client.file("handler", `/deliveries/${id}/open`)
    const digest = createHash("sha256").update(content).digest("hex")
    if (digest !== file.sha256)
      throw new Error(`${file.name} came by ${via} with ${content.length} of ${file.bytes} bytes, or others`)
  }
  return said.sent.size
}

/** As a stranger would: the exported bundle, with nothing but its key. */
async function verifyLedger(): Promise<void> {
  const bundle = join(directory, "bundle")
  const cli = join(import.meta.dirname, "../../src/app/cli.ts")
  const env = { ...process.env, ...paths }
  await run(process.execPath, [cli, "ledger", "export", bundle], { env })
  const { stdout } = await run(process.execPath, [cli, "ledger", "verify", bundle], { env })
  console.log(stdout.trim().split("\n")[0])
}

/** As every night: ledger and tables agree. Nor may any start after a kill have found what no kill explains. */
async function verifyInstallation(): Promise<void> {
  Object.assign(process.env, paths)
  await withInstallation(async (runtime) => {
    const { findings } = await checkIntegrity(runtime)
    const raised = await runtime.db
      .selectFrom("ledger_entry")
      .select(["about_type", "about_id"])
      .where("kind", "=", "finding-raised")
      .execute()
    if (findings.length + raised.length > 0) throw new Error(JSON.stringify({ findings, raised }))
  })
}
