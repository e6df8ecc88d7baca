import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { AxeBuilder } from "@axe-core/playwright"
import { chromium, type BrowserContext, type Page } from "playwright-core"
import { expect } from "vitest"
import { DEMO_PASSWORD } from "../../src/app/demo/seed.ts"

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]

export interface Person {
  readonly page: Page
  readonly close: () => Promise<void>
}

/** One person at their own browser, signed in. */
export async function personAt(
  origin: string,
  login: string,
  viewport = { width: 1366, height: 768 },
): Promise<Person> {
  const profile = await mkdtemp(join(tmpdir(), "hushou-browser-"))
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    headless: true,
    args: FLAGS,
    viewport,
    locale: "zh-TW",
    timezoneId: "Asia/Taipei",
    acceptDownloads: true,
  })
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(origin)
  await page.getByLabel("帳號").fill(login)
  await page.getByLabel("密碼").fill(DEMO_PASSWORD)
  await page.keyboard.press("Enter")
  await page.getByRole("heading", { name: "我的待辦", level: 1 }).waitFor()
  return {
    page,
    close: async () => {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}

/** What axe finds against WCAG 2.2 AA, one line each; empty when clean. */
async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`))
}

const PHONE = { width: 360, height: 740 }

/** The widest element that a reader would have to scroll the whole page sideways for, or null. */
const BEYOND_THE_PAGE = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth <= clientWidth) return null
  const beyond = [...document.querySelectorAll("body *")]
    .map((element) => ({ element, right: element.getBoundingClientRect().right }))
    .filter(({ right }) => right > clientWidth)
    .toSorted((a, b) => b.right - a.right)
  return scrollWidth + " px wide: " + beyond.slice(0, 3).map(({ element }) => element.outerHTML.slice(0, 160)).join(" ")
})()`

/** What axe finds in either colour scheme, and what does not fit a phone of 360 px; empty when the page is well made. */
async function shortcomings(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme })
    found.push(...(await axeFindings(page)).map((finding) => `${colorScheme}: ${finding}`))
  }
  const desktop = page.viewportSize() ?? PHONE
  await page.setViewportSize(PHONE)
  const beyond = await page.evaluate<string | null>(BEYOND_THE_PAGE)
  await page.setViewportSize(desktop)
  return beyond === null ? found : [...found, beyond]
}

/** Buttons fade between their states; what counts is how the page comes to rest. */
export async function expectWellMade(page: Page): Promise<void> {
  await expect.poll(() => shortcomings(page), { timeout: 15_000 }).toEqual([])
}

export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click()
}

export async function pressInDialog(page: Page, name: string): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name, exact: true }).click()
  await page.getByRole("dialog").waitFor({ state: "hidden" })
}
