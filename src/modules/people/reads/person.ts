import type { PersonActor } from "../../../kernel/actor.ts"
import type { PersonId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import { readTx, type Db } from "../../../platform/db/tx.ts"
import type { PersonDetail } from "../contract.ts"
import { isInForce, type Person } from "../model.ts"
import { nobodyChangesTheirOwnPosts, vendorPeopleServeByAgreement } from "../rules/posts.ts"
import { administratorsOnly } from "../rules/roster.ts"
import { loadPerson, loadPersonVersions } from "../store.ts"
import { unitsSeenBy } from "./visibility.ts"

/** One person with all their posts over time; `null` when that is not the reader's to see. */
export async function readPerson(
  db: Db,
  actor: PersonActor,
  id: PersonId,
  now: Instant,
): Promise<PersonDetail | null> {
  const seen = await unitsSeenBy(db, actor)
  return readTx(db, async (tx) => {
    const person = await loadPerson(tx, id)
    if (person === null || !isSeen(person, actor, seen)) return null
    const { name, title, email, staffNumber, vendor } = person
    const names = await tx.selectFrom("unit").select(["id", "name"]).execute()
    const nameOf = new Map(names.map((unit) => [unit.id, unit.name]))
    const posts = person.posts.map((post) => ({
      ...post,
      unitName: nameOf.get(post.unit) ?? "",
      state:
        post.since > now
          ? ("to-come" as const)
          : isInForce(post, now)
            ? ("in-force" as const)
            : ("ended" as const),
    }))
    return {
      ...{ id, name, title, email, staffNumber, isVendors: vendor !== null },
      posts: posts.toReversed(),
      versions: (await loadPersonVersions(tx, id)).toReversed(),
      mayUpdate: administratorsOnly(actor) === null,
      mayAddPosts:
        administratorsOnly(actor) === null &&
        nobodyChangesTheirOwnPosts(actor, id) === null &&
        vendorPeopleServeByAgreement(vendor, actor) === null,
    }
  })
}

function isSeen({ id, posts }: Person, actor: PersonActor, seen: ReadonlySet<string> | "all"): boolean {
  return seen === "all" || id === actor.person || posts.some((post) => seen.has(post.unit))
}
