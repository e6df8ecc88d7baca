import SCIMMY from "scimmy"
import type { Role } from "../../../kernel/actor.ts"
import type { PersonId, UnitId } from "../../../kernel/ids.ts"
import { taipeiDate, type Instant } from "../../../kernel/time.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { refuse } from "../../../regulation/rule.ts"
import { runTogether, type Runtime } from "../../../runtime/index.ts"
import { ROLES_OF_KIND } from "../model.ts"
import { changePosts } from "../commands/change-posts.ts"
import { keptOf } from "./kept.ts"
import { listOf, matching, patched, SCIM_PATH, understood, type Acting, type Asked } from "./messages.ts"
import { readOwnPeople, readUnitsInForce } from "./store.ts"

const { Group } = SCIMMY.Schemas

interface Post {
  readonly unit: UnitId
  readonly role: Role
}

/** A group is a role in a unit; its id stays as long as the unit does. */
export function groupIdOf({ unit, role }: Post): string {
  return `${unit}.${role}`
}

/** Every post that the units in force have, with the group's name. */
async function readPosts({ db, pack }: Runtime, now: Instant) {
  const units = await readUnitsInForce(db, now)
  return units.flatMap(({ id, code, name, kind }) =>
    ROLES_OF_KIND[kind].map((role) => ({
      ...{ unit: id, role },
      displayName: `${code} ${name} ${pack.org.roleNames[role]}`,
    })),
  )
}

export async function groupNames(runtime: Runtime, now: Instant): Promise<ReadonlyMap<string, string>> {
  const posts = await readPosts(runtime, now)
  return new Map(posts.map((post) => [groupIdOf(post), post.displayName]))
}

async function readGroups({ runtime, now }: Acting) {
  const people = await readOwnPeople(runtime.db, now)
  const held = Map.groupBy(
    people.flatMap(({ id, name, posts }) => posts.map((post) => ({ id, name, group: groupIdOf(post) }))),
    ({ group }) => group,
  )
  return (await readPosts(runtime, now)).map(({ unit, role, displayName }) => {
    const id = groupIdOf({ unit, role })
    const members = (held.get(id) ?? []).map(({ id: value, name: display }) => ({ value, display }))
    return { id, displayName, members, post: { unit, role } }
  })
}
type GroupRow = Awaited<ReturnType<typeof readGroups>>[number]

async function findGroup(acting: Acting, id: string): Promise<GroupRow> {
  const group = (await readGroups(acting)).find((known) => known.id === id.toLowerCase())
  if (group === undefined) throw new RefusedError([refuse("NOT_FOUND")])
  return group
}

function shown({ runtime }: Acting, { post: _, ...group }: GroupRow, attributes?: Asked["attributes"]) {
  return new Group(group, "out", `${runtime.origin}${SCIM_PATH}/Groups`, attributes)
}

export async function listGroups(acting: Acting, asked: Asked) {
  const found = await matching(await readGroups(acting), asked.filter)
  return listOf(found, asked, (group) => shown(acting, group, asked.attributes))
}

export async function readGroup(acting: Acting, id: string, asked: Asked) {
  return shown(acting, await findGroup(acting, id), asked.attributes)
}

export async function replaceGroup(acting: Acting, id: string, body: unknown) {
  const before = await findGroup(acting, id)
  await write(acting, before, await understood(() => new Group(keptOf(body), "in")))
  return shown(acting, await findGroup(acting, id))
}

export async function patchGroup(acting: Acting, id: string, message: unknown) {
  const before = await findGroup(acting, id)
  const after = await patched(shown(acting, before), message)
  if (after !== null) await write(acting, before, after)
  return shown(acting, await findGroup(acting, id))
}

export function refuseToChangeGroups(): Promise<never> {
  return Promise.reject(new RefusedError([refuse("SCIM_GROUP_FIXED")]))
}

/** Only the difference from what was read changes, so that two clients at once do not undo one another. */
async function write(
  { runtime, actor, now }: Acting,
  before: GroupRow,
  { displayName, members = [] }: InstanceType<typeof Group>,
): Promise<void> {
  if (displayName !== before.displayName) await refuseToChangeGroups()
  const had = new Set<string>(before.members.map(({ value }) => value))
  const has = new Set(members.map(({ value }) => value.toLowerCase()))
  const people = new Set<string>((await readOwnPeople(runtime.db, now)).map(({ id }) => id))
  if ([...has].some((id) => !people.has(id)))
    throw new RefusedError([refuse("INVALID_INPUT", { field: "members" })])
  const order = { kind: "transfer", effectiveOn: taipeiDate(now), receivedOn: null, successor: null } as const
  await runTogether(runtime, async (run) => {
    for (const id of [...has].filter((one) => !had.has(one)))
      await run(
        changePosts,
        { person: id as PersonId, at: "now", end: [], begin: [before.post], order: null },
        actor,
      )
    for (const id of [...had].filter((one) => !has.has(one)))
      await run(
        changePosts,
        { person: id as PersonId, at: "now", end: [before.post], begin: [], order },
        actor,
      )
  })
}
