import type { Actor } from "../../kernel/actor.ts"
import type { PersonId, VendorId } from "../../kernel/ids.ts"
import type { Instant } from "../../kernel/time.ts"
import { RefusedError } from "../../platform/http/refused-error.ts"
import { refuse } from "../../regulation/rule.ts"
import { runCommand, runTogether, type Run, type Runtime } from "../../runtime/index.ts"
import { BY_AGREEMENT, changePosts, createPerson } from "../people/index.ts"
import type { AboutAgreement } from "./commands/agreement-command.ts"
import {
  addPerson,
  confirmAgreement,
  confirmExtension,
  endAgreement,
  removePerson,
  type Held,
} from "./commands/agreements.ts"
import { servingStaff, type Agreement } from "./model.ts"
import { isVendor } from "./store.ts"
import type { PersonAndPledge, Removal } from "./rules/service.ts"

export interface NewVendorPerson {
  readonly id: PersonId
  readonly vendor: VendorId
  readonly name: string
  readonly title: string
  readonly email: string
}

/** A person of a vendor holds no post until an agreement gives them one. */
export async function addVendorPerson(
  runtime: Runtime,
  person: NewVendorPerson,
  actor: Actor,
): Promise<{ readonly id: PersonId }> {
  if (!(await isVendor(runtime.db, person.vendor))) throw new RefusedError([refuse("NOT_FOUND")])
  return runCommand(runtime, createPerson, { ...person, posts: [] }, actor)
}

/** From confirmation, and not before its first day, the vendor's people hold their posts until its end. */
export function putInForce(runtime: Runtime, input: AboutAgreement, actor: Actor): Promise<Agreement> {
  return runTogether(runtime, async (run) => {
    const agreement = await run(confirmAgreement, input, actor)
    const { confirmed, since } = agreement
    const at = confirmed !== null && confirmed.at > since ? confirmed.at : since
    for (const { person } of servingStaff(agreement)) await beginPosts(run, agreement, person, at)
    return agreement
  })
}

/** The posts go on where the former end was, so that there is no gap and nothing is undone. */
export function extend(runtime: Runtime, input: AboutAgreement, actor: Actor): Promise<Agreement> {
  return runTogether(runtime, async (run) => {
    const agreement = await run(confirmExtension, input, actor)
    const extension = agreement.extensions.findLast(({ confirmed }) => confirmed !== null)
    if (extension === undefined) throw new Error("checked by the rule: an extension was confirmed")
    const at = extension.from
    for (const { person } of servingStaff(agreement)) await beginPosts(run, agreement, person, at)
    return agreement
  })
}

/** At once, for everybody, and for the sub-contractors under it. */
export function endNow(
  runtime: Runtime,
  input: AboutAgreement & { readonly reason: string },
  actor: Actor,
): Promise<void> {
  const end = async (run: Run, id: AboutAgreement["id"]): Promise<void> => {
    const { agreement, at, held, below } = await run(endAgreement, { id, reason: input.reason }, actor)
    await endPosts(run, agreement, at, held)
    for (const one of below) await end(run, one)
  }
  return runTogether(runtime, (run) => end(run, input.id))
}

/** Once the agreement is confirmed, whoever joins it later serves from that moment. */
export function takeOn(
  runtime: Runtime,
  input: AboutAgreement & PersonAndPledge,
  actor: Actor,
): Promise<Agreement> {
  return runTogether(runtime, async (run) => {
    const agreement = await run(addPerson, { ...input, scan: input.pledge.scan }, actor)
    const added = agreement.staff.at(-1)
    if (agreement.confirmed === null || added === undefined) return agreement
    const at = added.added.at > agreement.since ? added.added.at : agreement.since
    await beginPosts(run, agreement, input.person, at)
    return agreement
  })
}

export function takeOff(runtime: Runtime, input: AboutAgreement & Removal, actor: Actor): Promise<Agreement> {
  return runTogether(runtime, async (run) => {
    const { agreement, at, held } = await run(removePerson, input, actor)
    await endPosts(run, agreement, at, held)
    return agreement
  })
}

async function beginPosts(
  run: Run,
  { unit, roles, until }: Agreement,
  person: PersonId,
  at: Instant,
): Promise<void> {
  const begin = roles.map((role) => ({ unit, role, until }))
  await run(changePosts, { person, at, end: [], begin, order: null }, BY_AGREEMENT)
}

async function endPosts(run: Run, agreement: Agreement, at: Instant, held: readonly Held[]): Promise<void> {
  for (const { person, roles } of held) {
    const end = roles.map((role) => ({ unit: agreement.unit, role }))
    await run(changePosts, { person, at, end, begin: [], order: null }, BY_AGREEMENT)
  }
}
