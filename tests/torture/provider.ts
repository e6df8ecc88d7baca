import type { DeliveryDetail, ProjectView } from "../../src/modules/deliveries/contract.ts"
import type { Published } from "../../tools/provider-sim/publish.ts"
import { startProviderSim } from "../../tools/provider-sim/simulator.ts"
import type { Client } from "./client.ts"
import type { Sent } from "./acknowledged.ts"

/** Slow enough for kills to come while a file is on its way. */
const BYTES_PER_SECOND = 2_000_000
/** What comes by SFTP is kept by the mebibyte: two of them, so that a kill leaves something to go on from. */
const FILE_BYTES = { upload: 600_000, sftp: 2_200_000 }

export const FORMAT: DeliveryDetail["announcement"]["format"] = {
  kind: "delimited",
  encoding: "utf-8",
  delimiter: ",",
  quote: '"',
  header: true,
}

/** A provider in this process, which no kill of the server touches, and a project for either way in. */
export interface Provider {
  readonly projects: Readonly<Record<Sent["via"], string>>
  /** Another file, of people no other file has. */
  readonly publish: (via: Sent["via"]) => Promise<Published>
  readonly stop: () => Promise<void>
}

/** The demonstration's own provider ends with the server; this one is recorded beside it. */
export async function openProvider(client: Client, directory: string): Promise<Provider> {
  const faults = { bytesPerSecond: BYTES_PER_SECOND }
  const sim = await startProviderSim({ dir: directory, sftpPort: 0, smtpPort: 0, faults })
  const [seeded] = await client.get<ProjectView[]>("handler", "/projects")
  if (seeded === undefined) throw new Error("the demonstration has a project")
  const { hostKeyFingerprint: hostKey, ...connector } = sim.sftp
  let published = 0
  return {
    projects: { upload: seeded.id, sftp: await openProject(client, seeded, { ...connector, hostKey }) },
    publish: (via) => {
      const name = `torture-${++published}.csv`
      const firstPerson = published * 100_000
      return sim.publish({ name, format: "utf8-csv", bytes: FILE_BYTES[via], firstPerson })
    },
    stop: sim.stop,
  }
}

async function openProject(client: Client, seeded: ProjectView, sftp: object): Promise<string> {
  const post = async (login: "handler" | "it-handler", path: string, body: object) =>
    (await client.send<{ id: string }>(login, "POST", path, body)).id
  const contact = { kind: "municipality", contactEmail: "notice@torture.example" }
  const provider = await post("it-handler", "/providers", { code: "TORTURE", name: "提供機關", ...contact })
  await client.send("it-handler", "PUT", `/providers/${provider}/sftp`, { ...sftp, directory: "/" })
  const papers = { approvalNumber: "1", approvedOn: "2026-03-02", testNumber: "1", testedOn: "2026-03-20" }
  const use = { purpose: "測試", unit: seeded.unit, mode: "file" }
  const linkage = await post("it-handler", "/linkages", { provider, ...use, ...papers })
  const named = { name: "測試", purpose: "測試", legalDocument: "字第1號" }
  const project = await post("handler", "/projects", { linkage, ...named })
  const { custodian, custodianDeputy: deputy } = seeded
  await client.send("supervisor", "PUT", `/projects/${project}/custodian`, { custodian, deputy })
  return project
}
