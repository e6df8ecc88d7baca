import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"

const CLI = fileURLToPath(new URL("../cli.ts", import.meta.url))

function hushou(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], (error, out, err) => {
      resolve({ code: Number(error?.code ?? 0), out, err })
    })
  })
}

describe("hushou deadline", () => {
  it("prints the day first, then why", async () => {
    const { code, out } = await hushou("deadline", "--from", "2026-09-15", "--days", "10")
    expect(code).toBe(0)
    const [day, ...why] = out.trimEnd().split("\n")
    expect(day).toBe("2026-09-29")
    expect(why.join("")).toContain("孔子誕辰紀念日/教師節")
    expect(why.at(-1)).toContain("行政程序法第48條第4項")
  })

  it("months and years print the period's end, and --roll adds the roll-over", async () => {
    const months = ["deadline", "--from", "2026-06-25", "--months", "3"]
    expect((await hushou(...months)).out).toMatch(/^2026-09-25\n/)
    expect((await hushou(...months, "--roll")).out).toMatch(/^2026-09-29\n/)
    expect((await hushou("deadline", "--from", "2027-02-28", "--years", "1")).out).toMatch(/^2028-02-29\n/)
  })

  it("--calendar takes an edition that an agency imported, and says what it cannot read", async () => {
    const shipped = new URL("../../regulation/period/calendars/2026-1.csv", import.meta.url)
    const dir = await mkdtemp(join(tmpdir(), "deadline-"))
    const file = join(dir, "2026.csv")
    await writeFile(file, (await readFile(shipped, "utf8")).replace(/^(20260925,.,)2/m, "$10"))
    const question = ["deadline", "--from", "2026-09-15", "--days", "10", "--calendar"]
    expect((await hushou(...question, file)).out).toMatch(/^2026-09-25\n/)
    await writeFile(file, "西元日期\n")
    const { code, err } = await hushou(...question, file)
    expect(code).toBe(2)
    expect(err).toContain("不是可讀取之辦公日曆表")
    await rm(dir, { recursive: true })
  })

  it("--json tells everything a machine needs", async () => {
    const { out } = await hushou("deadline", "--from", "2026-11-02", "--days", "5", "--json")
    expect(JSON.parse(out)).toMatchObject({
      on: "2026-11-09",
      safeOn: "2026-11-07",
      cutOff: "12:00",
      calendar: "2026-1",
      provisional: false,
    })
  })

  it.for([
    [[], "--from"],
    [["--from", "2026-02-30", "--days", "1"], "--from"],
    [["--from", "2026-02-03"], "--days"],
    [["--from", "2026-02-03", "--days", "1", "--months", "1"], "--days"],
    [["--from", "2026-02-03", "--days", "1.5"], "--days"],
    [["--from", "2026-02-03", "--days", "-1"], "--days"],
    [["--from", "2026-02-03", "--weeks", "1"], "--weeks"],
  ] as const)("%j is one clear line and exit code 2", async ([args, named]) => {
    const { code, out, err } = await hushou("deadline", ...args)
    expect({ code, out }).toEqual({ code: 2, out: "" })
    expect(err.trimEnd().split("\n")).toHaveLength(1)
    expect(err).toContain(named)
  })

  it("an unknown command names those there are", async () => {
    const { code, err } = await hushou("dealine")
    expect(code).toBe(2)
    expect(err).toContain("deadline, keys, ledger")
  })
})
