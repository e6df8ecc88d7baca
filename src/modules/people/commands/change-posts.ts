import type { Command } from "../../../runtime/index.ts"
import type { Person } from "../model.ts"
import { decideChangePosts, type AroundChange, type PostChange } from "../rules/posts.ts"
import { isAnotherAdministrator, loadPerson, loadUnits, lockPerson, updatePerson } from "../store.ts"

/** Posts of one person end and begin, at once or from a day to come; the fact `posts-changed` starts what 5-4 asks. */
export const changePosts: Command<PostChange, AroundChange, Person> = {
  name: "change-posts",
  load: async (tx, { person: id, begin, order }) => {
    const person = await lockPerson(tx, id)
    if (person === null) return null
    const units = [...person.posts, ...begin].map(({ unit }) => unit)
    return {
      person,
      successor: order?.successor == null ? null : await loadPerson(tx, order.successor),
      units: await loadUnits(tx, units),
      anotherAdministrator: await isAnotherAdministrator(tx, id),
    }
  },
  decide: decideChangePosts,
  save: updatePerson,
}
