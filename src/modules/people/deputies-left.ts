import type { Fact } from "../../kernel/decision.ts"
import type { PersonId, UnitId } from "../../kernel/ids.ts"
import type { Instant } from "../../kernel/time.ts"
import type { Db, Tx } from "../../platform/db/tx.ts"
import type { Context, Holding } from "../../runtime/index.ts"
import { deputyFact, isLeftBehind } from "./rules/deputies.ts"
import { loadPerson, lockDeputiesAround, saveDeputy } from "./store.ts"

/** 職務代理 in which this person stands on either side, as lines of their 移交清冊. */
export async function deputyshipsHeldBy(db: Db, person: PersonId, now: Instant): Promise<readonly Holding[]> {
  const rows = await db
    .selectFrom("deputy as d")
    .innerJoin("person as p", "p.id", "d.person")
    .innerJoin("person as s", "s.id", "d.deputy")
    .select(["d.id", "d.unit", "p.name as represented", "s.name as standIn"])
    .where((eb) => eb.or([eb("d.person", "=", person), eb("d.deputy", "=", person)]))
    .where((eb) => eb.or([eb("d.until", "is", null), eb("d.until", ">", now)]))
    .orderBy("d.since")
    .execute()
  return rows.map(({ id, unit, represented, standIn }) => ({
    kind: "deputyship",
    id,
    unit: unit as UnitId,
    label: `${standIn}代理${represented}`,
  }))
}

/** Ends the deputyships that this person's leaving of posts has left without ground; resolves with the facts. */
export async function endDeputiesLeftBehind(
  tx: Tx,
  { now }: Pick<Context, "now">,
  id: PersonId,
): Promise<readonly Fact[]> {
  const person = await loadPerson(tx, id)
  if (person === null) return []
  const facts: Fact[] = []
  for (const deputy of await lockDeputiesAround(tx, id, now)) {
    if (!isLeftBehind(deputy, person, now)) continue
    const ended = { ...deputy, until: laterOf(now, deputy.since), version: deputy.version + 1 }
    await saveDeputy(tx, ended)
    facts.push(deputyFact("deputy-ended", ended))
  }
  return facts
}

/** One to come ends at the moment it would begin. */
function laterOf(a: Instant, b: Instant): Instant {
  return a > b ? a : b
}
