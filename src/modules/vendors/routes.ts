import type { Endpoint, InputOf } from "../../contract/endpoint.ts"
import type { Actor, PersonActor } from "../../kernel/actor.ts"
import type { FileId, PersonId, UnitId, VendorId } from "../../kernel/ids.ts"
import type { CivilDate } from "../../kernel/time.ts"
import { newId } from "../../platform/ids.ts"
import { bind, type BoundRoute } from "../../platform/http/bind.ts"
import { runCommand, type Runtime } from "../../runtime/index.ts"
import { sendScan } from "../notices/index.ts"
import type { AboutAgreement } from "./commands/agreement-command.ts"
import {
  recordAgreement,
  recordCheck,
  recordExtension,
  recordStatement,
  rejectAgreement,
  rejectExtension,
} from "./commands/agreements.ts"
import { prolongContract, recordContract, registerVendor } from "./commands/contracts.ts"
import * as contract from "./contract.ts"
import { printPledge } from "./documents/pledge-pdf.ts"
import type { AgreementId, ContractId } from "./model.ts"
import { readAgreementView, readPaper } from "./reads/agreement.ts"
import { readVendorDetail, readVendors } from "./reads/vendors.ts"
import type { SignedPaper } from "./rules/papers.ts"
import { addVendorPerson, endNow, extend, putInForce, takeOff, takeOn } from "./service.ts"

export function vendorRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [...vendorsRoutes(runtime), ...agreementRoutes(runtime), ...documentRoutes(runtime)]
}

function vendorsRoutes(runtime: Runtime): readonly BoundRoute[] {
  const { db } = runtime
  return [
    bind(contract.listVendors, ({ query, actor, now }) => readVendors(db, actor as PersonActor, query, now)),
    bind(contract.readVendor, ({ params, actor, now }) =>
      readVendorDetail(db, actor as PersonActor, params.id, now),
    ),
    bind(contract.registerVendor, ({ body, actor }) =>
      runCommand(runtime, registerVendor, { ...body, id: newId() as VendorId }, actor),
    ),
    bind(contract.addVendorPerson, ({ params, body, actor }) =>
      addVendorPerson(runtime, { ...body, id: newId() as PersonId, vendor: params.id as VendorId }, actor),
    ),
    bind(contract.recordContract, ({ body, actor }) =>
      runCommand(
        runtime,
        recordContract,
        {
          ...{ id: newId() as ContractId, number: body.number, subject: body.subject },
          ...{ vendor: body.vendor as VendorId, unit: body.unit as UnitId },
          ...{ from: body.from as CivilDate, to: body.to as CivilDate },
          main: body.main as ContractId | null,
        },
        actor,
      ),
    ),
    bind(contract.prolongContract, async ({ params, body, actor }) => {
      const input = { id: params.id as ContractId, document: body.document, to: body.to as CivilDate }
      await runCommand(runtime, prolongContract, input, actor)
    }),
  ]
}

type Act = Endpoint & { readonly reply: "nothing" }

/** An endpoint that does one thing to one agreement. */
function act<E extends Act>(
  declared: E,
  does: (about: AboutAgreement, body: InputOf<E, "body">, actor: Actor) => Promise<unknown>,
): BoundRoute {
  return bind(declared as Act, async ({ params, body, actor }) => {
    const { id } = params as unknown as { readonly id: AgreementId }
    await does({ id }, body as InputOf<E, "body">, actor)
  })
}

function agreementRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    bind(contract.readAgreement, ({ params, actor, now }) =>
      readAgreementView(runtime.db, actor as PersonActor, params.id, now),
    ),
    bind(contract.recordAgreement, ({ body, actor }) =>
      runCommand(
        runtime,
        recordAgreement,
        {
          ...{ id: newId() as AgreementId, roles: body.roles, paper: signed(body.paper) },
          ...{ from: body.from as CivilDate, to: body.to as CivilDate },
          contract: body.contract as ContractId,
        },
        actor,
      ),
    ),
    act(contract.confirmAgreement, (about, _, actor) => putInForce(runtime, about, actor)),
    act(contract.rejectAgreement, (about, body, actor) =>
      runCommand(runtime, rejectAgreement, { ...about, ...body }, actor),
    ),
    act(contract.endAgreement, (about, body, actor) => endNow(runtime, { ...about, ...body }, actor)),
    act(contract.recordExtension, (about, { to, paper }, actor) =>
      runCommand(runtime, recordExtension, { ...withPaper(about, paper), to: to as CivilDate }, actor),
    ),
    act(contract.confirmExtension, (about, _, actor) => extend(runtime, about, actor)),
    act(contract.rejectExtension, (about, body, actor) =>
      runCommand(runtime, rejectExtension, { ...about, ...body }, actor),
    ),
    act(contract.addVendorPersonToAgreement, (about, { person, pledge }, actor) =>
      takeOn(runtime, { ...about, person: person as PersonId, pledge: signed(pledge) }, actor),
    ),
    act(contract.takePersonOff, (about, { person, reason }, actor) =>
      takeOff(runtime, { ...about, person: person as PersonId, reason }, actor),
    ),
    act(contract.recordCheck, (about, { checkedOn, ...body }, actor) => {
      const check = { ...body, id: newId(), checkedOn: checkedOn as CivilDate }
      return runCommand(runtime, recordCheck, { ...about, check }, actor)
    }),
    act(contract.recordStatement, (about, { kind, paper }, actor) =>
      runCommand(runtime, recordStatement, { ...withPaper(about, paper), kind }, actor),
    ),
  ]
}

function documentRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    bind(contract.printPledge, async ({ params, query, actor, now, reply }) => {
      const asked = { contract: params.id as ContractId, person: query.person ?? null }
      const pdf = await printPledge(runtime, actor as PersonActor, asked, now)
      return reply.type("application/pdf").send(Buffer.from(pdf))
    }),
    bind(contract.openAgreementPaper, async ({ params, actor, now, reply }) => {
      const scan = await readPaper(runtime.db, actor as PersonActor, params, now)
      return sendScan(runtime, reply, scan)
    }),
  ]
}

interface TypedPaper {
  readonly number: string
  readonly signedOn: string
  readonly scan: string
}

function signed(paper: TypedPaper): SignedPaper {
  return paper as unknown as SignedPaper
}

function withPaper(about: AboutAgreement, paper: TypedPaper) {
  return { ...about, paper: signed(paper), scan: paper.scan as FileId }
}
