import { types, type CustomTypesConfig } from "pg"
import { instantOf, type Instant } from "../../kernel/time.ts"

const INT8 = 20
const DATE = 1082
const TIMESTAMPTZ = 1184
const INT8_ARRAY = 1016
const DATE_ARRAY = 1182
const TIMESTAMPTZ_ARRAY = 1185

const PARSERS = new Map<number, (text: string) => unknown>([
  [INT8, parseInteger],
  [DATE, (text) => text],
  [TIMESTAMPTZ, parseInstant],
  [INT8_ARRAY, (text) => parseArray(text, parseInteger)],
  [DATE_ARRAY, (text) => parseArray(text, (date) => date)],
  [TIMESTAMPTZ_ARRAY, (text) => parseArray(text, parseInstant)],
])

/** How column values become TypeScript: `timestamptz` an Instant, `date` a CivilDate, `bigint` a safe number. */
export const VALUE_TYPES: CustomTypesConfig = {
  getTypeParser: (oid, format): unknown =>
    (format === "binary" ? undefined : PARSERS.get(oid)) ?? types.getTypeParser(oid, format),
}

/** A `bigint` as a number; throws rather than round. */
export function parseInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError("a bigint column holds more than 2^53")
  return value
}

/** PostgreSQL's `2026-11-23 09:02:03.004+08` as an Instant; throws on `infinity` and dates before Christ. */
export function parseInstant(text: string): Instant {
  const parts = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d)(:\d\d)?$/.exec(text)
  if (parts === null) throw new RangeError("a timestamptz column holds no point in time of our era")
  const [, date = "", time = "", hours = "", minutes = ":00"] = parts
  return instantOf(Date.parse(`${date}T${time}${hours}${minutes}`))
}

/** PostgreSQL's `{a,NULL,b}` of elements that hold neither comma nor quote. */
export function parseArray<T>(text: string, parse: (element: string) => T): (T | null)[] {
  const elements = text
    .slice(1, -1)
    .split(",")
    .filter((element) => element !== "")
  return elements.map((element) => (element === "NULL" ? null : parse(element.replaceAll('"', ""))))
}
