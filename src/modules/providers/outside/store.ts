import type { Authority } from "../../../regulation/authorities.ts"
import { sql, type Selectable } from "kysely"
import type { OutsideAccountId, PersonId, ProviderId, UnitId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import { inForce } from "../../../platform/db/in-force.ts"
import type { Database } from "../../../platform/db/schema.ts"
import type { Tx } from "../../../platform/db/tx.ts"
import type { Cancellation, OutsideAccount, PasswordChange, SignInWay } from "../model.ts"
import type { NewOutsideAccount } from "./rules.ts"

/** Locked for a change. */
export async function loadOutsideAccount(tx: Tx, id: OutsideAccountId): Promise<OutsideAccount | null> {
  const row = await accountRows(tx).where("id", "=", id).forUpdate().executeTakeFirst()
  return row === undefined ? null : toOutsideAccount(row)
}

/** For reading only. */
export async function findOutsideAccount(tx: Tx, id: string): Promise<OutsideAccount | null> {
  const row = await accountRows(tx).where("id", "=", id).executeTakeFirst()
  return row === undefined ? null : toOutsideAccount(row)
}

/** Those of one person that were not cancelled, locked in the order of their ids. */
export async function lockAccountsOf(tx: Tx, holder: PersonId): Promise<OutsideAccount[]> {
  const rows = await accountRows(tx)
    .where("holder", "=", holder)
    .where("cancelled_at", "is", null)
    .orderBy("id")
    .forUpdate()
    .execute()
  return rows.map(toOutsideAccount)
}

export async function listOutsideAccountIds(tx: Tx): Promise<string[]> {
  return (await tx.selectFrom("outside_account").select("id").execute()).map((row) => row.id)
}

/** Whether the system's account of this name is recorded for somebody and not cancelled. */
export async function isNameTaken(tx: Tx, { provider, system, name }: NewOutsideAccount): Promise<boolean> {
  const row = await tx
    .selectFrom("outside_account")
    .select("id")
    .where("provider", "=", provider)
    .where((eb) => eb(eb.fn<string>("lower", ["system"]), "=", system.toLowerCase()))
    .where((eb) => eb(eb.fn<string>("lower", ["name"]), "=", name.toLowerCase()))
    .where("cancelled_at", "is", null)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether a change recorded before has this very evidence. */
export async function isEvidenceUsed(tx: Tx, sha256: string): Promise<boolean> {
  const row = await tx
    .selectFrom("outside_account")
    .select("id")
    .where(sql<boolean>`changes @> ${JSON.stringify([{ scan: { sha256 } }])}::jsonb`)
    .executeTakeFirst()
  return row !== undefined
}

export async function isOfUnit(tx: Tx, person: PersonId, unit: UnitId, now: Instant): Promise<boolean> {
  const row = await tx
    .selectFrom("people_v_post")
    .select("person")
    .where("person", "=", person)
    .where("unit", "=", unit)
    .where(inForce("people_v_post", now))
    .executeTakeFirst()
  return row !== undefined
}

export async function saveOutsideAccount(tx: Tx, account: OutsideAccount): Promise<void> {
  const { id, provider, system, name, holder, unit, keptBy, standsFor, cancellation, version } = account
  const columns = {
    ...{ provider, system, name, holder, unit, version },
    class: account.class,
    kept_by: keptBy,
    stands_for: standsFor,
    changes: JSON.stringify(account.changes),
    cancellation: cancellation === null ? null : JSON.stringify(cancellation),
    cancelled_at: cancellation?.confirmed?.at ?? null,
    recorded_by: account.recorded.by,
    recorded_at: account.recorded.at,
  }
  await tx
    .insertInto("outside_account")
    .values({ id, ...columns })
    .onConflict((oc) => oc.column("id").doUpdateSet(columns))
    .execute()
}

function accountRows(tx: Tx) {
  return tx.selectFrom("outside_account").selectAll()
}

export function toOutsideAccount(row: Selectable<Database["outside_account"]>): OutsideAccount {
  const { system, name, version } = row
  return {
    ...{ system, name, version },
    id: row.id as OutsideAccountId,
    provider: row.provider as ProviderId,
    holder: row.holder as PersonId,
    unit: row.unit as UnitId,
    class: row.class as Authority,
    keptBy: row.kept_by as SignInWay,
    standsFor: row.stands_for,
    changes: row.changes as readonly PasswordChange[],
    cancellation: row.cancellation as Cancellation | null,
    recorded: { by: row.recorded_by as PersonId, at: row.recorded_at },
  }
}
