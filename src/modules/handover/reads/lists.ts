import type { PersonActor } from "../../../kernel/actor.ts"
import type { Role } from "../../../kernel/actor.ts"
import type { Db } from "../../../platform/db/tx.ts"
import type { PolicyPack } from "../../../regulation/packs/schema.ts"
import { BEGUN_BY_HEADS } from "../../people/index.ts"
import type { ChangeLine } from "../contract.ts"
import type { PersonnelChange } from "../model.ts"
import { loadChanges } from "../store.ts"
import { visibleChanges, type Reader } from "../visibility.ts"
import { namesOf, unitNames } from "./names.ts"
import { owedViews } from "./owed.ts"

/** The changes this person sees, the latest first; closed ones only when asked for. */
export async function readChanges(
  db: Db,
  reader: Reader,
  { page, size, closed }: { readonly page: number; readonly size: number; readonly closed: boolean },
) {
  const wanted = visibleChanges(db, reader).where((eb) =>
    closed ? eb.lit(true) : eb("personnel_change.state", "<>", "closed"),
  )
  const { total } = await wanted
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow()
  const rows = await wanted
    .select("personnel_change.id")
    .orderBy("recorded_at", "desc")
    .orderBy("number", "desc")
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  const changes = await loadChanges(
    db,
    rows.map(({ id }) => id),
  )
  return { items: await linesOf(db, changes), total, page, size }
}

async function linesOf(db: Db, changes: readonly PersonnelChange[]): Promise<ChangeLine[]> {
  const units = await unitNames(db)
  const names = await namesOf(
    db,
    changes.flatMap(({ person, successor }) => [person, successor]),
  )
  const lines: ChangeLine[] = []
  for (const change of changes)
    lines.push({
      ...lineOf(change, names(change.person).name, units(change.unit)),
      successorName: change.successor === null ? null : names(change.successor).name,
      notices: await owedViews(db, change),
      items: change.items.length,
      accepted: change.items.filter(({ state }) => state === "accepted").length,
    })
  return lines
}

export function lineOf(change: PersonnelChange, personName: string, unitName: string) {
  const { id, number, kind, effectiveOn, retroactive, state, completedAt } = change
  return {
    ...{ id, number, kind, effectiveOn, retroactive, state, personName, unitName },
    isComplete: completedAt !== null,
  }
}

const ALL_ROLES_BEGIN = "administrator"
const HEADS: readonly Role[] = ["supervisor", "center-head"]

/** Units whose people's changes of post the reader may record, and what may begin there. */
export async function readOptions(db: Db, actor: PersonActor, pack: PolicyPack) {
  const isAdministrator = actor.posts.some(({ role }) => role === ALL_ROLES_BEGIN)
  const headed = new Set<string>(
    actor.posts.filter(({ role }) => HEADS.includes(role)).map(({ unit }) => unit),
  )
  const units = await db.selectFrom("people_v_unit").select(["id", "name"]).orderBy("code").execute()
  return {
    kinds: [...pack.movers.kinds.value],
    units: units
      .filter(({ id }) => isAdministrator || headed.has(id ?? ""))
      .map(({ id, name }) => ({
        id: id ?? "",
        name: name ?? "",
        begins: isAdministrator ? [] : [...BEGUN_BY_HEADS],
      })),
    isAdministrator,
  }
}
