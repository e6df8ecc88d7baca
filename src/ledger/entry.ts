import { hash, randomBytes } from "node:crypto"
import canonicalize from "canonicalize"
import type { Json } from "../kernel/decision.ts"
import { taipeiDate, type Instant } from "../kernel/time.ts"
import { MAX_ENTRY_BYTES } from "./tiles.ts"
import type { Hash } from "./tree.ts"

/** A fact on its way into the ledger. Nothing here but `payload` may hold personal data. */
export interface NewEntry {
  readonly time: Instant
  /** `actorName` of who acted. */
  readonly actor: string
  readonly kind: string
  /** Duty ids this entry is evidence for. */
  readonly duties: readonly string[]
  /** Policy pack and version in force. */
  readonly pack: string
  /** What changed; when it is an aggregate that still exists, its version and `stateDigest` afterwards. */
  readonly about?: {
    readonly type: string
    readonly id: string
    readonly version?: number
    readonly digest?: Hash
  }
  /** Other things it mentions: type → id. */
  readonly refs: Readonly<Record<string, string>>
  /** Keyed pseudonyms of the data subjects, `<key id>:<hex>`. */
  readonly subjects: readonly string[]
  readonly payload: { readonly [key: string]: Json | undefined }
  /** Retention class of the payload; with the month it names the key that seals it. */
  readonly retention: string
}

/** An entry as the tree holds it: everything but the payload, of which it holds the commitment. */
export interface Entry extends Omit<NewEntry, "payload"> {
  readonly index: number
  /** SHA-256 (hex) of the payload line. */
  readonly payload: Hash
}

/** An entry without its place: checked, its payload committed to. */
export interface PreparedEntry {
  readonly fact: NewEntry
  /** `hushou-payload/1 <salt, 32 hex digits> <canonical JSON>`: what the commitment is the SHA-256 of. */
  readonly payloadLine: string
  readonly commitment: Hash
  /** The leaf's text before and after its index. */
  readonly text: readonly [string, string]
  /** Retention class and Taipei month, which name the data key: `register/2026-11`. */
  readonly sealGroup: string
}

/** The ledger could not take or give an entry; the message says why, without personal data. */
export class LedgerError extends Error {
  override readonly name = "LedgerError"
}

const PAYLOAD_DOMAIN = "hushou-payload/1"
/** A destroyed payload's line in an export. */
export const DESTROYED_LINE = `${PAYLOAD_DOMAIN} destroyed`
const MAX_PAYLOAD_BYTES = 262_144

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/
const WORD = /^[^\p{Cc}\p{Cs}]{1,200}$/u
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const DIGEST = /^[0-9a-f]{64}$/

/** Checks a fact and commits to its payload under a fresh salt. Throws LedgerError naming the bad part. */
export function prepare(fact: NewEntry, salt: string = freshSalt()): PreparedEntry {
  const wrong = wrongPart(fact)
  if (wrong !== null) throw new LedgerError(`a fact of kind ${fact.kind} was not appended: bad ${wrong}`)
  const payloadLine = `${PAYLOAD_DOMAIN} ${salt} ${canonical(fact.payload)}`
  const commitment = hash("sha256", payloadLine)
  const text = textOf(fact, commitment)
  refuseLonger(fact, "payload", payloadLine, MAX_PAYLOAD_BYTES)
  refuseLonger(fact, "entry", text[0] + text[1], MAX_ENTRY_BYTES - INDEX_DIGITS)
  return { fact, payloadLine, commitment, text, sealGroup: sealGroup(fact.retention, fact.time) }
}

/** The most digits an index can have. */
const INDEX_DIGITS = 16

const SALT_BYTES = 16
let salts = { hex: "", used: 0 }

/** 16 random bytes in hex; drawn many at a time. */
function freshSalt(): string {
  if (salts.used === salts.hex.length) salts = { hex: randomBytes(SALT_BYTES * 256).toString("hex"), used: 0 }
  salts.used += SALT_BYTES * 2
  return salts.hex.slice(salts.used - SALT_BYTES * 2, salts.used)
}

function refuseLonger(fact: NewEntry, part: string, text: string, most: number): void {
  // A UTF-16 unit is three bytes of UTF-8 at most.
  if (text.length * 3 > most && Buffer.byteLength(text) > most)
    throw new LedgerError(`a fact of kind ${fact.kind} was not appended: ${part} over ${most} bytes`)
}

let lastHour = { hour: "", month: "" }

/** The data key's name of a payload: retention class and month in Taipei. */
export function sealGroup(retention: string, time: Instant): string {
  const hour = time.slice(0, 13)
  if (hour !== lastHour.hour) lastHour = { hour, month: taipeiDate(time).slice(0, 7) }
  return `${retention}/${lastHour.month}`
}

function wrongPart(fact: NewEntry): string | null {
  if (!INSTANT.test(fact.time)) return "time"
  if (!NAME.test(fact.kind)) return "kind"
  if (!NAME.test(fact.retention)) return "retention"
  if (!WORD.test(fact.actor)) return "actor"
  if (!WORD.test(fact.pack)) return "pack"
  if (!fact.duties.every((duty) => WORD.test(duty))) return "duties"
  if (!fact.subjects.every((subject) => WORD.test(subject))) return "subjects"
  if (!Object.entries(fact.refs).every(([type, id]) => NAME.test(type) && WORD.test(id))) return "refs"
  return fact.about === undefined || isSoundAbout(fact.about) ? null : "about"
}

function isSoundAbout({ type, id, version, digest }: NonNullable<NewEntry["about"]>): boolean {
  if (!NAME.test(type) || !WORD.test(id)) return false
  if (version === undefined || digest === undefined) return version === digest
  return Number.isSafeInteger(version) && version >= 0 && DIGEST.test(digest)
}

/**
 * The leaf in RFC 8785 canonical JSON, around its index: names in order, strings well-formed (`wrongPart`), and
 * ECMAScript's own notation is the canonical one.
 */
function textOf(fact: NewEntry, commitment: Hash): readonly [string, string] {
  const { actor, duties, kind, pack, retention, subjects, time } = fact
  const start = { about: sortedAbout(fact), actor, duties }
  const end = { kind, pack, payload: commitment, refs: sortedRefs(fact), retention, subjects, time }
  return [`${JSON.stringify(start).slice(0, -1)},"index":`, `,${JSON.stringify(end).slice(1)}`]
}

/** JSON leaves out what is undefined. */
function sortedAbout({ about }: NewEntry): object | undefined {
  return about && { digest: about.digest, id: about.id, type: about.type, version: about.version }
}

function sortedRefs({ refs }: NewEntry): object {
  const sorted: Record<string, string | undefined> = {}
  for (const name of Object.keys(refs).toSorted()) sorted[name] = refs[name]
  return sorted
}

/** The leaf of a fact that has its place. */
export function entryText(index: number, { text }: PreparedEntry): string {
  return `${text[0]}${index}${text[1]}`
}

/** RFC 8785. Throws LedgerError for what JSON cannot say, such as half a surrogate pair. */
export function canonical(value: Json): string {
  try {
    return canonicalize(value) ?? "null"
  } catch (error) {
    throw new LedgerError(`not canonical JSON: ${error instanceof Error ? error.message : "unknown"}`)
  }
}

/** SHA-256 (hex) of the canonical JSON of an aggregate's state. */
export function stateDigest(value: Json): Hash {
  return hash("sha256", canonical(value))
}

/** Reads a leaf back. Throws LedgerError when its bytes are not canonical JSON. */
export function parseEntry(text: string): Entry {
  const entry = JSON.parse(text) as Entry
  if (canonical(entry as unknown as Json) !== text) throw new LedgerError("an entry is not canonical JSON")
  return entry
}

/** The payload a line holds. Throws LedgerError when the line is not the one `entry` committed to. */
export function payloadOf(entry: Entry, line: string): Json {
  if (hash("sha256", line) !== entry.payload)
    throw new LedgerError(`the payload of entry ${entry.index} is not what the entry committed to`)
  return JSON.parse(line.slice(PAYLOAD_DOMAIN.length + 1 + 32 + 1)) as Json
}
