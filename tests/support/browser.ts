import { AxeBuilder } from "@axe-core/playwright"
import { chromium, type Page } from "playwright-core"
import { expect } from "vitest"
import { DEMO_PASSWORD } from "../../src/app/demo/seed.ts"
import { Keyboard } from "./keyboard.ts"

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]

/** One person at a browser of their own, signed in. */
export interface Person {
  readonly page: Page
  readonly keys: Keyboard
}

/** Whose screens a test looks at. */
export interface Desks {
  readonly personAt: (login: string, viewport?: Viewport) => Promise<Person>
  readonly close: () => Promise<void>
}

interface Viewport {
  readonly width: number
  readonly height: number
}

/** Everybody works on `origin`; each sign-in is a fresh profile that shares nothing with another. */
export async function openDesks(origin: string): Promise<Desks> {
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    headless: true,
    args: FLAGS,
  })
  return {
    personAt: async (login, viewport = { width: 1366, height: 768 }) => {
      const context = await browser.newContext({ viewport, locale: "zh-TW", timezoneId: "Asia/Taipei" })
      const page = await context.newPage()
      await page.goto(origin)
      const keys = new Keyboard(page)
      await keys.type(page.getByLabel("帳號"), login)
      await keys.type(page.getByLabel("密碼"), DEMO_PASSWORD)
      await expectDemonstration(page)
      await page.keyboard.press("Enter")
      await page.getByRole("heading", { name: "我的待辦", level: 1 }).waitFor()
      return { page, keys }
    },
    close: () => browser.close(),
  }
}

/** 示範環境 stands on every page, so that nobody takes what it shows for real. */
async function expectDemonstration(page: Page): Promise<void> {
  await page.getByText("示範環境：資料均為虛構").waitFor({ timeout: 5_000 })
}

const WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

/** No page of ours has frames; without them axe needs no page of its own beside the one it looks at. */
const axeOn = (page: Page) => new AxeBuilder({ page }).setLegacyMode()

/** What axe finds, one line each; empty when clean. */
async function axeFindings(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze()
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

/** What axe finds in either colour scheme, which change colours only, and what does not fit a phone of 360 px. */
async function shortcomings(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "dark" })
  const inDark = await axeFindings(axeOn(page).withRules(["color-contrast"]))
  await page.emulateMedia({ colorScheme: "light" })
  const inLight = await axeFindings(axeOn(page).withTags(WCAG_2_2_AA))
  const found = [...inDark.map((finding) => `dark: ${finding}`), ...inLight]
  const desktop = page.viewportSize() ?? PHONE
  await page.setViewportSize(PHONE)
  const beyond = await page.evaluate<string | null>(BEYOND_THE_PAGE)
  await page.setViewportSize(desktop)
  return beyond === null ? found : [...found, beyond]
}

/** Buttons fade between their states; what counts is how the page comes to rest. */
export async function expectWellMade(page: Page): Promise<void> {
  await expectDemonstration(page)
  await expect.poll(() => shortcomings(page), { timeout: 15_000 }).toEqual([])
}

export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click()
}

export async function pressInDialog(page: Page, name: string): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name, exact: true }).click()
  await page.getByRole("dialog").waitFor({ state: "hidden" })
}
