import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it, vi } from "vitest"
import { createPdfRenderer, PdfError, PdfQueueFullError } from "./typst.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const emptyDirectory = mkdtempSync(join(tmpdir(), "no-fonts-"))
const renderer = createPdfRenderer({ fontDirectories: [emptyDirectory] })
afterAll(() => {
  renderer.close()
  rmSync(emptyDirectory, { recursive: true })
})

const PAGE = `#import "/platform/documents/paper.typ": *
#set document(date: none)
#set page(width: 14cm, height: 8cm, footer: foot(none, ("來源",)))
#show: paper
#for words in data.pages { words; pagebreak(weak: true) }`

const textOf = (pdf: Uint8Array, ...options: string[]) =>
  execFileSync("pdftotext", [...options, "-", "-"], { input: pdf, encoding: "utf8" })

describe("PDF by Typst 文件產製", () => {
  it("holds the data as text, never as markup", async () => {
    const pdf = await renderer.render(PAGE, { pages: ["#panic() *粗* $x$ <標籤> @參照 \\u{41}"] })
    expect(textOf(pdf)).toContain("#panic() *粗* $x$ <標籤> @參照 \\u{41}")
  })

  it("is the same for the same data, and PDF/A-2b", async () => {
    const [first, second] = [
      await renderer.render(PAGE, { pages: ["甲"] }),
      await renderer.render(PAGE, { pages: ["甲"] }),
    ]
    expect(Buffer.compare(first, second)).toBe(0)
    expect(Buffer.from(first).toString("latin1")).toMatch(/pdfaid:part>2<[^]*pdfaid:conformance>B</u)
  })

  it("boxes a character that no font has, keeps it as text and lists it on its own page only", async () => {
    const pdf = await renderer.render(PAGE, { pages: ["吳𠮷堃\u{F0000}", "臺北", "𠮷𠮷"] })
    const [first = "", second = "", third = ""] = textOf(pdf).split("\f")
    expect(first).toContain("本頁下列字元字型未收錄：U+20BB7、U+F0000")
    expect(first).toContain("𠮷")
    expect(first).toContain("\u{F0000}")
    expect(second).not.toContain("字型未收錄")
    expect(third).toMatch(/字型未收錄：U\+20BB7\n/u)
  })

  it("shows control characters and broken surrogates by code and keeps line breaks", async () => {
    const text = textOf(await renderer.render(PAGE, { pages: ["甲\u0001乙\uD842丙\r\nabc\tdef"] }))
    expect(text).toContain("U+0001")
    expect(text).toContain("U+FFFD")
    expect(text).toMatch(/丙\n+abc def/u)
  })

  it("refuses a template with a character of its own that no font has", async () => {
    await expect(renderer.render(`#text(font: "Noto Sans TC", fallback: false)[𠮷]`, {})).rejects.toThrow(
      PdfError,
    )
  })

  it("explains a faulty template without quoting the data and stays usable", async () => {
    const failed = renderer.render("#panic(sys.inputs.data)", { name: "王小明" })
    await expect(failed).rejects.toThrow(/panicked with: "…"/u)
    expect((await renderer.render(PAGE, { pages: ["甲"] })).length).toBeGreaterThan(1_000)
  })

  it("does not block the event loop", async () => {
    let turns = 0
    const timer = setInterval(() => (turns += 1), 1)
    await renderer.render(PAGE, { pages: Array.from({ length: 200 }, (_, index) => `第${index}頁`) })
    clearInterval(timer)
    expect(turns).toBeGreaterThan(3)
  })

  it("takes a bounded number of documents", async () => {
    const small = createPdfRenderer({ capacity: 2 })
    const outcomes = await Promise.allSettled([1, 2, 3].map((n) => small.render(`第 ${n}`, {})))
    expect(outcomes.map((o) => o.status)).toEqual(["fulfilled", "fulfilled", "rejected"])
    expect(outcomes[2]).toMatchObject({ reason: expect.any(PdfQueueFullError) as unknown })
    await expect(small.render("之後", {})).resolves.toBeInstanceOf(Uint8Array)
    small.close()
  })

  it("gives up on a document that takes too long and starts afresh", async () => {
    const hasty = createPdfRenderer({ timeoutMs: 4_000 })
    const endless = `#let f(n, seed) = if n == 0 { seed } else { f(n - 1, 2 * seed) + f(n - 1, 2 * seed + 1) }
#let sum = range(1, 9).map(i => f(24, i)).sum()`
    await expect(hasty.render(endless, {})).rejects.toThrow(/not made within 4000 ms/u)
    await expect(hasty.render("之後", {})).resolves.toBeInstanceOf(Uint8Array)
    hasty.close()
  })

  it("refuses what was in the making when it closes", async () => {
    const closing = createPdfRenderer()
    const made = closing.render(PAGE, { pages: ["甲"] })
    const waiting = closing.render(PAGE, { pages: ["乙"] })
    await Promise.resolve()
    closing.close()
    await expect(made).rejects.toThrow(PdfError)
    await expect(waiting).rejects.toThrow(PdfError)
  })
})
