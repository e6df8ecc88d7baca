import { sql, type ExpressionBuilder } from "kysely"
import type { PersonActor, Role } from "../../../kernel/actor.ts"
import type { FileId } from "../../../kernel/ids.ts"
import type { Database } from "../../../platform/db/schema.ts"
import { readTx, type Db } from "../../../platform/db/tx.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { refuse } from "../../../regulation/rule.ts"
import { readScan, type Scan } from "../../notices/index.ts"
import type { OutsideAccountView } from "../contracts/outside.ts"
import { outsideStateOf, type OutsideAccount } from "../model.ts"
import { allowedOn } from "./rules.ts"
import { findOutsideAccount, toOutsideAccount } from "./store.ts"

/** Posts that keep or watch all of them. */
const SEE_ALL: readonly Role[] = ["it-handler", "administrator", "ethics-officer", "auditor"]
const HEADS: readonly Role[] = ["supervisor", "center-head"]

/** Somebody's own, those of the units they head, and for who keeps or watches them all. */
export function visibleTo(actor: PersonActor) {
  const headed = actor.posts.filter(({ role }) => HEADS.includes(role)).map(({ unit }) => unit)
  const seesAll = actor.posts.some(({ role }) => SEE_ALL.includes(role))
  return (eb: ExpressionBuilder<Database, "outside_account">) =>
    eb.or([
      eb.lit(seesAll),
      eb("outside_account.holder", "=", actor.person),
      ...(headed.length === 0 ? [] : [eb("outside_account.unit", "in", headed)]),
    ])
}

/** Throws RefusedError when there is none, or not for this person. */
export async function requireVisible(db: Db, id: string, actor: PersonActor): Promise<void> {
  const row = await db
    .selectFrom("outside_account")
    .select("id")
    .where("id", "=", id)
    .where(visibleTo(actor))
    .executeTakeFirst()
  if (row === undefined) throw new RefusedError([refuse("NOT_FOUND")])
}

/** The evidence of a change of an account that the reader sees. @throws RefusedError */
export async function readEvidence(
  db: Db,
  { id, scan }: { readonly id: string; readonly scan: string },
  actor: PersonActor,
): Promise<Scan> {
  await requireVisible(db, id, actor)
  return readTx(db, async (tx) => {
    const account = await findOutsideAccount(tx, id)
    const isIts = account?.changes.some((change) => change.scan?.file === scan) === true
    const kept = isIts ? await readScan(tx, scan as FileId) : null
    if (kept === null) throw new RefusedError([refuse("NOT_FOUND")])
    return kept
  })
}

interface Asked {
  readonly page: number
  readonly size: number
  /** Those that the provider has cancelled too. */
  readonly cancelled: boolean
}

/** What is to be cancelled first, then the passwords that are due, the nearest first. */
export async function readOutsideAccounts(db: Db, actor: PersonActor, { page, size, cancelled }: Asked) {
  const visible = db
    .selectFrom("outside_account")
    .where(visibleTo(actor))
    .where((eb) => (cancelled ? eb.lit(true) : eb("outside_account.cancelled_at", "is", null)))
  const { total } = await visible
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow()
  const rows = await visible
    .innerJoin("provider as p", "p.id", "outside_account.provider")
    .innerJoin("people_v_actor as h", "h.person", "outside_account.holder")
    .innerJoin("people_v_unit as u", "u.id", "outside_account.unit")
    .leftJoin("deadlines_v_deadline as d", (join) =>
      join
        .on("d.about_type", "=", "outside-account")
        .on(sql<boolean>`d.about_id = outside_account.id::text`)
        .on("d.state", "=", "open"),
    )
    .selectAll("outside_account")
    .select(["p.name as provider_name", "h.name as holder_name", "u.name as unit_name"])
    .select(["d.id as deadline", "d.due"])
    .orderBy(sql`outside_account.cancelled_at is not null`)
    .orderBy(sql`outside_account.cancellation is null`)
    .orderBy("d.due")
    .orderBy("outside_account.id")
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  const items = rows.map((row): OutsideAccountView => {
    const account = toOutsideAccount(row)
    const names = { provider: row.provider_name, holder: row.holder_name, unit: row.unit_name }
    return {
      ...viewOf(account, names),
      due: row.due,
      deadline: row.deadline,
      allowed: allowedOn(account, actor),
    }
  })
  return { items, total, page, size }
}

type Names = Readonly<Record<"provider" | "holder" | "unit", string | null>>

function viewOf(account: OutsideAccount, names: Names) {
  const { id, provider, system, name, holder, keptBy, standsFor, changes, cancellation } = account
  return {
    ...{ id, provider, system, name, holder, keptBy, standsFor },
    class: account.class,
    providerName: names.provider ?? "",
    holderName: names.holder ?? "",
    unitName: names.unit ?? "",
    state: outsideStateOf(account),
    changes: changes
      .map(({ on, at, scan, seen }) => ({ on, at, scan: scan?.file ?? null, seenAt: seen?.at ?? null }))
      .toReversed(),
    cancellation: cancellation && {
      reason: cancellation.reason,
      since: cancellation.since,
      requestedOn: cancellation.requested?.on ?? null,
      requestRecordedAt: cancellation.requested?.at ?? null,
      documentNumber: cancellation.requested?.documentNumber ?? null,
      confirmedOn: cancellation.confirmed?.on ?? null,
      confirmationRecordedAt: cancellation.confirmed?.at ?? null,
    },
  }
}
