import SCIMMY from "scimmy"
import { z } from "zod"
import type { PersonId } from "../../../kernel/ids.ts"
import { taipeiDate } from "../../../kernel/time.ts"
import { parsed } from "../../../platform/http/bind.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { newId } from "../../../platform/ids.ts"
import { refuse } from "../../../regulation/rule.ts"
import { runCommand, runTogether } from "../../../runtime/index.ts"
import { createPerson } from "../commands/create-person.ts"
import { updatePerson } from "../commands/update-person.ts"
import { personWords, staffNumber } from "../contracts/words.ts"
import { changePosts } from "../commands/change-posts.ts"
import { groupIdOf, groupNames } from "./groups.ts"
import { keptOf } from "./kept.ts"
import { listOf, matching, patched, SCIM_PATH, understood, type Acting, type Asked } from "./messages.ts"
import { readOwnPeople } from "./store.ts"

const { User } = SCIMMY.Schemas

const Said = z.object({ ...personWords, staffNumber: staffNumber.nullable() })

const COLUMNS = ["name", "title", "email", "staffNumber"] as const

/** A person as SCIM says it: `userName` is the mail address, `externalId` the staff number, `active` who holds a post. */
async function readUsers({ runtime, now }: Acting) {
  const names = await groupNames(runtime, now)
  const people = await readOwnPeople(runtime.db, now)
  return people.map((person) => ({
    id: person.id,
    externalId: person.staffNumber ?? undefined,
    meta: { created: person.createdAt },
    userName: person.email,
    name: { formatted: person.name },
    displayName: person.name,
    title: person.title,
    active: person.posts.length > 0,
    emails: [{ value: person.email, type: "work", primary: true }],
    groups: person.posts.map((post) => ({ value: groupIdOf(post), display: names.get(groupIdOf(post)) })),
  }))
}
type UserRow = Awaited<ReturnType<typeof readUsers>>[number]

async function findUser(acting: Acting, id: string): Promise<UserRow> {
  const user = (await readUsers(acting)).find((known) => known.id === id.toLowerCase())
  if (user === undefined) throw new RefusedError([refuse("NOT_FOUND")])
  return user
}

function shown({ runtime }: Acting, user: UserRow, attributes?: Asked["attributes"]) {
  return new User(user, "out", `${runtime.origin}${SCIM_PATH}/Users`, attributes)
}

export async function listUsers(acting: Acting, asked: Asked) {
  const found = await matching(await readUsers(acting), asked.filter)
  return listOf(found, asked, (user) => shown(acting, user, asked.attributes))
}

export async function readUser(acting: Acting, id: string, asked: Asked) {
  return shown(acting, await findUser(acting, id), asked.attributes)
}

/** A new person has no post until a group gives one. */
export async function createUser(acting: Acting, body: unknown) {
  const said = parsed(Said, saidBy(await understood(() => new User(keptOf(body), "in"))))
  const id = newId() as PersonId
  await runCommand(acting.runtime, createPerson, { ...said, id, posts: [] }, acting.actor)
  return shown(acting, await findUser(acting, id))
}

export async function replaceUser(acting: Acting, id: string, body: unknown) {
  const before = await findUser(acting, id)
  await write(acting, before, await understood(() => new User(keptOf(body), "in")))
  return shown(acting, await findUser(acting, id))
}

export async function patchUser(acting: Acting, id: string, message: unknown) {
  const before = await findUser(acting, id)
  const after = await patched(shown(acting, before), message)
  if (after !== null) await write(acting, before, after)
  return shown(acting, await findUser(acting, id))
}

/** Nobody is taken out of the record: to delete somebody is to deactivate them. */
export async function deleteUser(acting: Acting, id: string): Promise<null> {
  const before = await findUser(acting, id)
  await write(acting, before, new User({ ...before, active: false }, "in"))
  return null
}

async function write(
  { runtime, actor, now }: Acting,
  before: UserRow,
  after: InstanceType<typeof User>,
): Promise<void> {
  const said = saidBy(after, before)
  const stood = saidBy(new User(before, "in"), before)
  const isChanged = COLUMNS.some((column) => said[column] !== stood[column])
  await runTogether(runtime, async (run) => {
    if (isChanged) await run(updatePerson, { id: before.id, ...parsed(Said, said) }, actor)
    if (!before.active || after.active !== false) return
    const order = {
      kind: "resignation",
      effectiveOn: taipeiDate(now),
      receivedOn: null,
      successor: null,
    } as const
    await run(changePosts, { person: before.id, at: "now", end: "all", begin: [], order }, actor)
  })
}

/** What is required stays as it was where a client leaves it out. */
function saidBy(user: InstanceType<typeof User>, before?: UserRow) {
  return {
    name: nameOf(user, before?.displayName) ?? before?.displayName,
    title: user.title ?? before?.title,
    email: user.userName,
    staffNumber: user.externalId ?? null,
  }
}

/** Of the several places where a name stands, the one that says something new. */
function nameOf(
  { displayName, name }: InstanceType<typeof User>,
  known: string | undefined,
): string | undefined {
  const { formatted, familyName = "", givenName = "" } = name ?? {}
  const isHan = /^\p{Script=Han}+$/u.test(familyName + givenName)
  const joined = isHan ? familyName + givenName : `${givenName} ${familyName}`.trim()
  const places = [displayName, formatted, joined].filter((place) => place !== undefined && place !== "")
  return places.find((place) => place !== known) ?? places[0]
}
