import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { AxeBuilder } from "@axe-core/playwright"
import { chromium, type BrowserContext, type Page } from "playwright-core"
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
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`))
}
