/**
 * Reserved national ID numbers for synthetic people: `Y`, sex (1 or 2), a digit 6 to 9, six digits, check digit.
 * Letter Y belonged to 陽明山管理局, abolished in 1974, long before its serials could reach 600000 and before
 * 6–9 in the third place was given to naturalised persons. No living person can hold one, yet every check
 * of form and check digit passes. Eight million distinct numbers.
 */
export const RESERVED_ID = /^Y[12][6-9]\d{7}$/

const SERIALS = 4_000_000
const SPREAD = 1_234_567 // has no divisor in common with SERIALS, so that the serials do not repeat
const Y_VALUE = 31
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 1]

/** The number of synthetic person `index`; distinct for eight million successive indices. */
export function reservedIdNumber(seed: number, index: number): string {
  const sex = (index % 2) + 1
  const serial = (Math.floor(index / 2) * SPREAD + (seed >>> 0)) % SERIALS
  const body = `${sex}${6_000_000 + serial}`
  return `Y${body}${checkDigit(body)}`
}

function checkDigit(body: string): number {
  const letter = Math.floor(Y_VALUE / 10) + (Y_VALUE % 10) * 9
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(body[place]), letter)
  return (10 - (sum % 10)) % 10
}
