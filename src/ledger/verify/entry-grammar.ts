const PLAIN = String.raw`[^"\\\x00-\x1f]*`
/** RFC 8785 §3.2.2.2: the shortest escapes and no others. */
const STRING = String.raw`"${PLAIN}(?:\\(?:["\\bfnrt]|u00(?:0[0-7be-f]|1[0-9a-f]))${PLAIN})*"`
const STRINGS = String.raw`\[(?:${STRING}(?:,${STRING})*)?\]`
const PAIR = String.raw`"[A-Za-z][A-Za-z0-9_-]*":${STRING}`
const HASH = String.raw`"[0-9a-f]{64}"`
const COUNT = String.raw`(?:0|[1-9][0-9]{0,15})`
const ABOUT = String.raw`\{(?:"digest":${HASH},)?"id":${STRING},"type":${STRING}(?:,"version":${COUNT})?\}`

/**
 * An entry exactly as docs/ledger-format.md writes it: RFC 8785 with these names and no others.
 * Groups: index, payload commitment, references, retention class, time.
 */
const ENTRY = new RegExp(
  String.raw`\{(?:"about":${ABOUT},)?"actor":${STRING},"duties":${STRINGS},"index":(${COUNT}),"kind":${STRING},` +
    String.raw`"pack":${STRING},"payload":"([0-9a-f]{64})","refs":\{((?:${PAIR}(?:,${PAIR})*)?)\},` +
    String.raw`"retention":"([A-Za-z][A-Za-z0-9_-]*)","subjects":${STRINGS},` +
    String.raw`"time":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"\}`,
  "y",
)

/** What the verifier needs of an entry. */
export interface EntryParts {
  readonly index: number
  /** SHA-256, hex, of the payload line. */
  readonly payload: string
  readonly retention: string
  readonly time: string
}

/**
 * Reads the entry from `start` to `end` of `text`, which has one character per byte; `null` when it is not
 * written exactly as it must be.
 */
export function readEntry(text: string, start: number, end: number): EntryParts | null {
  ENTRY.lastIndex = start
  const parts = ENTRY.exec(text)
  if (parts === null || ENTRY.lastIndex !== end) return null
  const [, index = "", payload = "", refs = "", retention = "", time = ""] = parts
  return isSorted(refs) ? { index: Number(index), payload, retention, time } : null
}

const NAME_OF_PAIR = new RegExp(String.raw`"([A-Za-z][A-Za-z0-9_-]*)":${STRING},?`, "y")

/** RFC 8785 §3.2.3: names in order, none twice. */
function isSorted(refs: string): boolean {
  if (!refs.includes('","')) return true
  let before = ""
  for (NAME_OF_PAIR.lastIndex = 0; NAME_OF_PAIR.lastIndex < refs.length;) {
    const name = NAME_OF_PAIR.exec(refs)?.[1] ?? ""
    if (name <= before) return false
    before = name
  }
  return true
}
