/** Options every benchmark takes. */
export interface BenchOptions {
  /** `--full`: the large size. */
  readonly full: boolean
  /** `--scale`: also a sixteenth and a quarter of the size, to show how cost grows. */
  readonly scale: boolean
}

export function benchOptions(argv: readonly string[] = process.argv.slice(2)): BenchOptions {
  const unknown = argv.find((arg) => arg !== "--full" && arg !== "--scale")
  if (unknown !== undefined) throw new Error(`unknown option ${unknown}; there are --full and --scale`)
  return { full: argv.includes("--full"), scale: argv.includes("--scale") }
}

/** The sizes to measure: the whole last. */
export function sizesOf(whole: number, { scale }: BenchOptions): number[] {
  return scale ? [Math.ceil(whole / 16), Math.ceil(whole / 4), whole] : [whole]
}

/** One contender: does its work once, checks that it was done, and resolves with the seconds it took. */
export type Contender = () => Promise<number>

/** Runs the contenders in turn, `rounds` times (at least three), and gives each one's median seconds. */
export async function interleaved<Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  rounds = 3,
): Promise<Record<Name, number>> {
  const names = Object.keys(contenders) as Name[]
  const times = new Map<Name, number[]>(names.map((name) => [name, []]))
  for (let round = 0; round < Math.max(rounds, 3); round++)
    for (const name of names) times.get(name)?.push(await contenders[name]())
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<
    Name,
    number
  >
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = NaN, high = NaN] =
    sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1)
  return (low + high) / 2
}

/** Seconds that `work` takes. */
export async function secondsOf(work: () => unknown): Promise<number> {
  const start = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - start) / 1e9
}

/** `1234567` per second as `1,234,567/s`. */
export function perSecond(count: number, seconds: number): string {
  return `${Math.round(count / seconds).toLocaleString("en")}/s`
}

/** The line that a benchmark prints for each comparison; a larger ratio is better. */
export function printRatio(name: string, ratio: number, target: number): void {
  console.log(`bench ${name}: ratio ${ratio.toFixed(2)} (target ${target})`)
}

/** How much the cost per item grew from the smallest size to the whole; must stay below 1.5. */
export function printGrowth(
  name: string,
  measured: readonly { readonly size: number; readonly seconds: number }[],
): void {
  const [first, last] = [measured[0], measured.at(-1)]
  if (first === undefined || last === undefined || first === last) return
  for (const { size, seconds } of measured)
    console.log(`${name}: ${size.toLocaleString("en")} items, ${((seconds / size) * 1e6).toFixed(2)} µs each`)
  const growth = last.seconds / last.size / (first.seconds / first.size)
  console.log(`bench ${name}-growth: ratio ${(1.5 / growth).toFixed(2)} (target 1)`)
}

/** Stops a benchmark whose work was not done. */
export function assertDone(isDone: boolean, what: string): asserts isDone {
  if (!isDone) throw new Error(`the work was not done: ${what}`)
}
