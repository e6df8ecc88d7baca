import type { Json } from "../../kernel/decision.ts"
import type { DeliveryId, ProjectId } from "../../kernel/ids.ts"
import type { Aggregate, Module, Runtime } from "../../runtime/index.ts"
import { checkBooksWake } from "./custody/check-books.ts"
import { checkKeptFilesWake } from "./custody/check.ts"
import { findProviderMail, listProviderMails } from "./custody/provider-mails.ts"
import { holdingsOfDeliveries } from "./reads/holdings.ts"
import { loadEntriesOf, loadHistory } from "./register-store.ts"
import { deliveryRoutes } from "./routes/index.ts"
import { findDeliveryRow, findProjectRow } from "./store.ts"
import { deliveryTasksOf } from "./tasks.ts"
import { DOWNLOAD_JOB, downloadJob } from "./transfers/download.ts"
import { DESTROY_UPLOAD_JOB, Intake } from "./transfers/intake.ts"

export { downloadRequestedByMail, downloadRequestedOnPaper } from "./after-notice.ts"
export { appointCustodian, createProject } from "./commands/manage-project.ts"
export { takeOverCustody, takeOverDelivery } from "./commands/leaving/take-over.ts"
export { checkpointPdf } from "./documents/register-pdf.ts"

/** A delivery with every row of the register it ever had, in every version, with the stamps that stand and that fell. */
const deliveryAggregate: Aggregate = {
  type: "delivery",
  stateOf: async (tx, id) => {
    const delivery = await findDeliveryRow(tx, id as DeliveryId)
    if (delivery === null) return null
    const entries = await loadEntriesOf(tx, delivery.id)
    const history = await loadHistory(tx, delivery.id)
    return { version: delivery.version, state: { delivery, entries, history } as unknown as Json }
  },
  listIds: async (tx) => (await tx.selectFrom("delivery").select("id").execute()).map((row) => row.id),
}

const projectAggregate: Aggregate = {
  type: "project",
  stateOf: async (tx, id) => {
    const project = await findProjectRow(tx, id as ProjectId)
    return project === null ? null : { version: project.version, state: project as unknown as Json }
  },
  listIds: async (tx) => (await tx.selectFrom("data_project").select("id").execute()).map((row) => row.id),
}

/** A kept mail never changes; what it was stands in the ledger. */
const providerMailAggregate: Aggregate = {
  type: "provider-mail",
  stateOf: async (tx, id) => {
    const mail = await findProviderMail(tx, id)
    return mail === null ? null : { version: 1, state: { ...mail } }
  },
  listIds: async (tx) => (await listProviderMails(tx)).map((mail) => mail.id),
}

const intakes = new WeakMap<Runtime, Intake>()

/** One per installation, because routes and jobs continue the same uploads. */
function intakeOf(runtime: Runtime): Intake {
  const known = intakes.get(runtime)
  if (known !== undefined) return known
  const intake = new Intake(runtime)
  intakes.set(runtime, intake)
  return intake
}

export const deliveries: Module = {
  name: "deliveries",
  aggregates: [projectAggregate, deliveryAggregate, providerMailAggregate],
  routes: (runtime) => deliveryRoutes(runtime, intakeOf(runtime)),
  jobNames: [DOWNLOAD_JOB, DESTROY_UPLOAD_JOB],
  jobs: (runtime) => [downloadJob(intakeOf(runtime), runtime), intakeOf(runtime).destroyJob()],
  wakes: [checkKeptFilesWake, checkBooksWake],
  holdingsOf: holdingsOfDeliveries,
  tasksOf: deliveryTasksOf,
}
