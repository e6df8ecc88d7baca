import type { Command } from "../../../runtime/index.ts"
import { changePosts } from "../commands/change-posts.ts"
import type { Person } from "../model.ts"
import { decideChangePosts, type AroundChange, type PostChange } from "../rules/posts.ts"

/** `changePosts` at the moment of its own transaction, however long the request took to get there. */
export const changePostsNow: Command<Omit<PostChange, "at">, AroundChange, Person> = {
  ...changePosts,
  load: (tx, change, context) => changePosts.load(tx, { ...change, at: context.now }, context),
  decide: (around, change, deciding) => decideChangePosts(around, { ...change, at: deciding.now }, deciding),
}
