import type { Json } from "../../kernel/decision.ts"
import type { VendorId } from "../../kernel/ids.ts"
import type { Aggregate, Module } from "../../runtime/index.ts"
import { loadAgreement } from "./agreement-store.ts"
import type { AgreementId, ContractId } from "./model.ts"
import { vendorRoutes } from "./routes.ts"
import { loadContract, loadVendor } from "./store.ts"
import { vendorTasksOf } from "./tasks.ts"

const vendorAggregate: Aggregate = {
  type: "vendor",
  stateOf: async (tx, id) => {
    const vendor = await loadVendor(tx, id as VendorId)
    return vendor === null ? null : { version: vendor.version, state: vendor as unknown as Json }
  },
  listIds: async (tx) => (await tx.selectFrom("vendor").select("id").execute()).map((row) => row.id),
}

const contractAggregate: Aggregate = {
  type: "vendor-contract",
  stateOf: async (tx, id) => {
    const contract = await loadContract(tx, id as ContractId)
    return contract === null ? null : { version: contract.version, state: contract as unknown as Json }
  },
  listIds: async (tx) => (await tx.selectFrom("vendor_contract").select("id").execute()).map((row) => row.id),
}

/** With everybody it ever named, every check and every document. */
const agreementAggregate: Aggregate = {
  type: "vendor-agreement",
  stateOf: async (tx, id) => {
    const agreement = await loadAgreement(tx, id as AgreementId)
    return agreement === null ? null : { version: agreement.version, state: agreement as unknown as Json }
  },
  listIds: async (tx) =>
    (await tx.selectFrom("vendor_agreement").select("id").execute()).map((row) => row.id),
}

export const vendors: Module = {
  name: "vendors",
  aggregates: [vendorAggregate, contractAggregate, agreementAggregate],
  routes: vendorRoutes,
  tasksOf: vendorTasksOf,
}
