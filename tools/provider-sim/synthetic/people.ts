import { reservedIdNumber } from "./id-numbers.ts"
import { FEMALE, MALE, RARE, ROADS, SURNAMES } from "./names.ts"
import { choose, hash32 } from "./random.ts"

/** The twelve districts of Taipei with their postal codes. */
export const DISTRICTS = [
  ["中正區", "100"],
  ["大同區", "103"],
  ["中山區", "104"],
  ["松山區", "105"],
  ["大安區", "106"],
  ["萬華區", "108"],
  ["信義區", "110"],
  ["士林區", "111"],
  ["北投區", "112"],
  ["內湖區", "114"],
  ["南港區", "115"],
  ["文山區", "116"],
] as const

/** A person who does not exist. */
export interface SyntheticPerson {
  /** Of the reserved pattern in `id-numbers.ts`. */
  readonly idNumber: string
  readonly name: string
  /** ROC date of seven digits, `0750312`. */
  readonly birthDate: string
  readonly district: string
  readonly address: string
  /** Empty for most; some hold a comma, a quotation mark or, with `lineBreaks`, a line break. */
  readonly remark: string
}

export interface PeopleOptions {
  readonly seed: number
  /** One person in this many has a rare character in the name; 0 is none. */
  readonly rareEvery: number
  /** Whether some remarks hold a line break (a quoted field over two lines). */
  readonly lineBreaks: boolean
}

/** Synthetic person number `index`; the same for the same options, whatever was asked for before. */
export function syntheticPerson(
  { seed, rareEvery, lineBreaks }: PeopleOptions,
  index: number,
): SyntheticPerson {
  const [district] = choose(DISTRICTS, seed, index, 0)
  return {
    idNumber: reservedIdNumber(seed, index),
    name: nameOf(seed, index, rareEvery),
    birthDate: birthDateOf(hash32(seed, index, 5)),
    district,
    address: `臺北市${district}${addressOf(hash32(seed, index, 6), choose(ROADS, seed, index, 7))}`,
    remark: remarkOf(hash32(seed, index, 8), lineBreaks),
  }
}

function nameOf(seed: number, index: number, rareEvery: number): string {
  const given = index % 2 === 0 ? MALE : FEMALE
  const surname = choose(SURNAMES, seed, index, 1)
  const first = choose(given, seed, index, 2)
  if (rareEvery > 0 && index % rareEvery === rareEvery - 1)
    return surname + choose(RARE, seed, index, 3) + first
  return surname + first + (hash32(seed, index, 4) % 20 === 0 ? "" : choose(given, seed, index, 4))
}

function birthDateOf(h: number): string {
  const year = 10 + (h % 104)
  const month = 1 + ((h >>> 8) % 12)
  const day = 1 + ((h >>> 16) % 28)
  return `${pad(year, 3)}${pad(month, 2)}${pad(day, 2)}`
}

function addressOf(h: number, road: string): string {
  const lane = h % 4 === 0 ? `${1 + ((h >>> 4) % 300)}巷` : ""
  return `${road}${lane}${1 + ((h >>> 12) % 400)}號${1 + ((h >>> 24) % 14)}樓`
}

function remarkOf(h: number, lineBreaks: boolean): string {
  switch (h % 64) {
    case 0:
      return "遷入,代辦"
    case 1:
      return '註記"補正"'
    case 2:
      return lineBreaks ? "遷出\n再遷入" : "遷出再遷入"
    default:
      return ""
  }
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0")
}
