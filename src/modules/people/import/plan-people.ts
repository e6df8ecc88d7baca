import type { PersonId, UnitId } from "../../../kernel/ids.ts"
import { refuse } from "../../../regulation/rule.ts"
import { PERSON_COLUMNS } from "../contracts/titles.ts"
import type { ImportChange } from "../contracts/import.ts"
import { isInForce, type HeldPost, type Person, type Unit } from "../model.ts"
import { decideUpdatePerson, wordsOf, type PersonWords } from "../rules/persons.ts"
import { decideChangePosts, postsAt, type Post } from "../rules/posts.ts"
import { decideCreatePerson } from "../rules/roster.ts"
import { Draft, fieldsThatDiffer, type Deciding, type Plan, type Roster } from "./draft.ts"
import type { PersonRow } from "./rows.ts"

const { name, title, email, staffNumber } = PERSON_COLUMNS
const WORDS = { name, title, email, staffNumber }

/** One person of the file, with the posts of all their rows. */
interface Listed extends PersonWords {
  readonly lines: number[]
  readonly rows: PersonRow[]
}

/** People by staff number, else by mail address. Whoever is not in the file is not looked at. */
export function planPeople(roster: Roster, rows: readonly PersonRow[], deciding: Deciding): Plan {
  const draft = new Draft()
  const around: Around = {
    units: new Map(roster.units.map((unit) => [unit.id, unit])),
    unitOf: new Map(roster.units.map((unit) => [unit.code, unit])),
    people: new Map(roster.people.map((person) => [person.id, person])),
  }
  for (const listed of grouped(draft, rows)) planPerson(draft, around, listed, deciding)
  return draft
}

interface Around {
  readonly units: ReadonlyMap<UnitId, Unit>
  readonly unitOf: ReadonlyMap<string, Unit>
  /** As they would be after what is planned so far. */
  readonly people: Map<PersonId, Person>
}

function grouped(draft: Draft, rows: readonly PersonRow[]): Listed[] {
  const people: Listed[] = []
  const byKey = new Map<string, Listed>()
  for (const row of rows) {
    const keys = keysOf(row)
    const known = keys.map((key) => byKey.get(key)).find((listed) => listed !== undefined)
    const twin = known?.rows.find(({ unit }) => unit === row.unit)
    const differs = known !== undefined && fieldsThatDiffer(WORDS, wordsOf(known), wordsOf(row)).length > 0
    const [line = 0] = known?.lines ?? []
    if (differs) draft.errors.push({ line: row.line, refusal: refuse("IMPORT_PERSON_DIFFERS", { line }) })
    else if (twin !== undefined)
      draft.errors.push({ line: row.line, refusal: refuse("IMPORT_ROW_TWICE", { line: twin.line }) })
    const listed = known ?? { ...wordsOf(row), lines: [], rows: [] }
    listed.lines.push(row.line)
    listed.rows.push(row)
    if (known === undefined) people.push(listed)
    for (const key of keys) byKey.set(key, listed)
  }
  return people
}

function keysOf({ staffNumber, email }: PersonWords): string[] {
  const mail = `mail ${email.toLowerCase()}`
  return staffNumber === null ? [mail] : [`number ${staffNumber.toLowerCase()}`, mail]
}

function planPerson(draft: Draft, around: Around, listed: Listed, deciding: Deciding): void {
  const posts = postsOf(draft, around, listed)
  if (posts === null) return
  const before = personFor(around.people, listed)
  if (before === undefined) createIn(draft, around, listed, posts, deciding)
  else if (!changeIn(draft, around, { listed, before, posts }, deciding)) draft.unchanged += 1
}

/** The posts of the file; `null` when it names a unit that does not exist. */
function postsOf(draft: Draft, { unitOf }: Around, { rows }: Listed): Post[] | null {
  const unknown = rows.filter(({ unit }) => !unitOf.has(unit))
  for (const { line, unit } of unknown)
    draft.errors.push({ line, refusal: refuse("IMPORT_UNIT_UNKNOWN", { code: unit }) })
  if (unknown.length > 0) return null
  return rows.flatMap(({ unit, roles }) => {
    const known = unitOf.get(unit)
    return known === undefined ? [] : roles.map((role) => ({ unit: known.id, role }))
  })
}

function personFor(people: ReadonlyMap<PersonId, Person>, listed: Listed): Person | undefined {
  const [all, keys] = [[...people.values()], keysOf(listed)]
  for (const key of keys) {
    const found = all.find((person) => keysOf(person).includes(key))
    if (found !== undefined) return found
  }
  return undefined
}

function takenBeside({ people }: Around, than: PersonId, words: PersonWords) {
  const others = [...people.values()].filter(({ id }) => id !== than)
  const same = (a: string, b: string | null) => a.toLowerCase() === b?.toLowerCase()
  return {
    emailTaken: others.some((other) => same(words.email, other.email)),
    staffNumberTaken: others.some(
      ({ staffNumber: of }) => words.staffNumber !== null && same(words.staffNumber, of),
    ),
  }
}

function createIn(
  draft: Draft,
  around: Around,
  listed: Listed,
  posts: readonly Post[],
  deciding: Deciding,
): void {
  const id = `new:${listed.email.toLowerCase()}` as PersonId
  const words = wordsOf(listed)
  const input = { id, ...words, posts }
  const decision = decideCreatePerson(
    { units: around.units, ...takenBeside(around, id, words) },
    input,
    deciding,
  )
  const fields = fieldsThatDiffer(WORDS, null, words)
  const change = { about: words.name, lines: listed.lines, fields, ended: [], begun: named(around, posts) }
  const next = draft.take({ kind: "create-person", input }, { kind: "create-person", ...change }, decision)
  if (next !== null) around.people.set(id, next)
}

interface Change {
  readonly listed: Listed
  readonly before: Person
  readonly posts: readonly Post[]
}

/** Whether anything is to change of somebody who is on the roster. */
function changeIn(
  draft: Draft,
  around: Around,
  { listed, before, posts }: Change,
  deciding: Deciding,
): boolean {
  const shown = { about: listed.name, lines: listed.lines }
  // A file without staff numbers says nothing about them.
  const words = { ...wordsOf(listed), staffNumber: listed.staffNumber ?? before.staffNumber }
  const fields = fieldsThatDiffer(WORDS, wordsOf(before), words)
  let person = before
  if (fields.length > 0) {
    const input = { id: before.id, ...words }
    const decision = decideUpdatePerson({ person, ...takenBeside(around, before.id, words) }, input, deciding)
    const change: ImportChange = { kind: "update-person", ...shown, fields, ended: [], begun: [] }
    person = draft.take({ kind: "update-person", input }, change, decision) ?? person
  }
  const { end, begin } = postsThatDiffer(before, posts, deciding)
  if (end.length + begin.length > 0) {
    const input = { person: before.id, end, begin }
    const anotherAdministrator = [...around.people.values()].some(
      ({ id, posts }) =>
        id !== before.id && posts.some(({ role, until }) => role === "administrator" && until === null),
    )
    const asked = { ...input, at: deciding.now, order: null }
    const about = { person, successor: null, units: around.units, anotherAdministrator }
    const decision = decideChangePosts(about, asked, deciding)
    const change: ImportChange = {
      kind: "change-posts",
      ...shown,
      fields: [],
      ended: named(around, end),
      begun: named(around, begin),
    }
    person = draft.take({ kind: "change-posts", input }, change, decision) ?? person
  }
  around.people.set(person.id, person)
  return fields.length + end.length + begin.length > 0
}

/** Posts to come are neither asked for twice nor taken away: an order that is recorded stands. */
function postsThatDiffer(person: Person, posts: readonly Post[], { now }: Deciding) {
  const same = (a: Post, b: Post) => a.unit === b.unit && a.role === b.role
  const standing = person.posts.filter((post: HeldPost) => isInForce(post, now) || post.since > now)
  const gone = postsAt(person, now).filter((held) => !posts.some((post) => same(post, held)))
  return {
    end: gone.map(({ unit, role }) => ({ unit, role })),
    begin: posts.filter((post) => !standing.some((held) => same(held, post))),
  }
}

function named({ units }: Around, posts: readonly Post[]) {
  return posts.map(({ unit, role }) => ({ unitName: units.get(unit)?.name ?? "", role }))
}
