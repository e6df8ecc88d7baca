import { z } from "zod"
import { endpoint } from "../../contract/endpoint.ts"
import { pageOf, Paging } from "../../contract/paging.ts"
import type { Role } from "../../kernel/actor.ts"
import { AGREEMENT_STATES, VENDOR_ROLES } from "./model.ts"

export {
  addVendorPersonToAgreement,
  AgreementView,
  confirmAgreement,
  confirmExtension,
  endAgreement,
  openAgreementPaper,
  readAgreement,
  recordAgreement,
  recordCheck,
  recordExtension,
  recordStatement,
  rejectAgreement,
  rejectExtension,
  takePersonOff,
} from "./contracts/agreements.ts"

/** Whose screens these are; a vendor's own people are refused even where they hold such a post. */
export const VENDOR_READERS = [
  ...(["handler", "supervisor", "it-handler", "center-handler", "center-head"] as const),
  ...(["director", "administrator", "ethics-officer", "auditor"] as const),
] as const satisfies readonly Role[]

const text = (max: number) => z.string().trim().min(1).max(max)
const byId = z.object({ id: z.uuid() })
const email = z
  .email()
  .max(200)
  .regex(/^[^@]{1,64}@/)

export const VendorView = z.object({
  id: z.uuid(),
  taxId: z.string(),
  name: z.string(),
  contact: z.object({ name: z.string(), email: z.string(), phone: z.string() }),
  people: z.int(),
  /** Agreements in force among those the reader sees. */
  inForce: z.int(),
})
export type VendorView = z.infer<typeof VendorView>

const AgreementLine = z.object({
  id: z.uuid(),
  state: z.enum(AGREEMENT_STATES),
  documentNumber: z.string(),
  /** First and last day. */
  from: z.string(),
  to: z.string(),
  people: z.int(),
  owesStatement: z.boolean(),
})

const ContractView = z.object({
  id: z.uuid(),
  unit: z.uuid(),
  unitName: z.string(),
  number: z.string(),
  subject: z.string(),
  from: z.string(),
  to: z.string(),
  /** The contract above a sub-contractor's. */
  main: z.object({ number: z.string(), vendorName: z.string() }).nullable(),
  agreements: z.array(AgreementLine),
  /** The posts that an agreement for this unit can name. */
  roles: z.array(z.enum(VENDOR_ROLES)),
  mayProlong: z.boolean(),
  mayRecordAgreement: z.boolean(),
})
export type ContractView = z.infer<typeof ContractView>

export const VendorDetail = VendorView.extend({
  persons: z.array(z.object({ id: z.uuid(), name: z.string(), title: z.string(), email: z.string() })),
  contracts: z.array(ContractView),
  mayAddPeople: z.boolean(),
  /** Units in which the reader may record a contract. */
  units: z.array(z.object({ id: z.uuid(), name: z.string() })),
  /** Contracts of other vendors under which this one could be a sub-contractor. */
  mains: z.array(z.object({ id: z.uuid(), unit: z.uuid(), label: z.string() })),
})
export type VendorDetail = z.infer<typeof VendorDetail>

export const listVendors = endpoint({
  method: "GET",
  path: "/vendors",
  summary: "委外廠商",
  query: Paging,
  reply: pageOf(VendorView).extend({ mayRegister: z.boolean() }),
  refuses: ["NOT_PERMITTED"],
})

export const registerVendor = endpoint({
  method: "POST",
  path: "/vendors",
  summary: "登錄委外廠商",
  body: z.strictObject({
    taxId: z.string().regex(/^\d{8}$/),
    name: text(100),
    contact: z.strictObject({ name: text(100), email, phone: text(50) }),
  }),
  reply: z.object({ id: z.uuid() }),
  refuses: ["NOT_PERMITTED", "TAX_ID_WRONG", "TAX_ID_TAKEN"],
})

export const readVendor = endpoint({
  method: "GET",
  path: "/vendors/:id",
  summary: "委外廠商：契約、保密措施、人員",
  params: byId,
  reply: VendorDetail,
  refuses: ["NOT_FOUND", "NOT_PERMITTED"],
})

export const addVendorPerson = endpoint({
  method: "POST",
  path: "/vendors/:id/people",
  summary: "新增廠商人員；其職務依保密措施取得",
  params: byId,
  body: z.strictObject({ name: text(100), title: text(100), email }),
  reply: z.object({ id: z.uuid() }),
  refuses: ["NOT_FOUND", "NOT_PERMITTED", "EMAIL_TAKEN"],
})

export const recordContract = endpoint({
  method: "POST",
  path: "/vendor-contracts",
  summary: "登錄委外契約；複委託者指明原契約",
  body: z.strictObject({
    vendor: z.uuid(),
    unit: z.uuid(),
    main: z.uuid().nullable(),
    number: text(100),
    subject: text(200),
    from: z.iso.date(),
    to: z.iso.date(),
  }),
  reply: z.object({ id: z.uuid() }),
  refuses: ["NOT_FOUND", "NOT_PERMITTED", "MAIN_CONTRACT_WRONG", "CONTRACT_PERIOD_WRONG"],
})

export const prolongContract = endpoint({
  method: "POST",
  path: "/vendor-contracts/:id/prolong",
  summary: "契約展期",
  params: byId,
  body: z.strictObject({ to: z.iso.date(), document: text(100) }),
  reply: "nothing",
  refuses: ["NOT_FOUND", "NOT_PERMITTED", "CONTRACT_PERIOD_WRONG"],
})

export const printPledge = endpoint({
  method: "GET",
  path: "/vendor-contracts/:id/pledge",
  summary: "保密切結書（F-4）：廠商用；指明人員者為人員用",
  params: byId,
  query: z.object({ person: z.uuid().optional() }),
  reply: "file",
  refuses: ["NOT_FOUND"],
})
