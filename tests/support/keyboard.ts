import type { Locator, Page } from "playwright-core"
import { expect } from "vitest"

/** More stops than any page of ours has; a control not met by then cannot be reached. */
const MOST_STOPS = 120

/** Somebody without a mouse: everything they do is a key. */
export class Keyboard {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** Tab, or Shift+Tab, until `target` has the focus. */
  async reach(target: Locator, step: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
    await target.waitFor()
    const reached = target.and(this.#page.locator(":focus"))
    for (let stops = 0; (await reached.count()) === 0; stops++) {
      if (stops === MOST_STOPS) throw new Error(`no key leads to ${target.toString()}`)
      await this.#page.keyboard.press(step)
    }
  }

  async follow(name: string | RegExp): Promise<void> {
    await this.reach(this.#page.getByRole("link", { name }).first())
    await this.#page.keyboard.press("Enter")
  }

  async press(name: string, within: Page | Locator = this.#page): Promise<void> {
    await this.reach(within.getByRole("button", { name, exact: true }))
    await this.#page.keyboard.press("Space")
  }

  /** Presses the button of a dialog that then closes. */
  async pressInDialog(name: string): Promise<void> {
    const dialog = this.#page.getByRole("dialog")
    await this.press(name, dialog)
    await dialog.waitFor({ state: "hidden" })
  }

  /** Types over what the field holds. */
  async type(field: Locator, text: string): Promise<void> {
    await this.reach(field)
    await this.#page.keyboard.press("ControlOrMeta+A")
    await this.#page.keyboard.type(text)
  }

  /** Down the list of a select until `option` is chosen. */
  async choose(select: Locator, option: string | RegExp): Promise<void> {
    await this.reach(select)
    await select.getByRole("option", { name: option }).waitFor({ state: "attached" })
    const chosen = select.locator("option:checked", { hasText: option })
    const options = await select.getByRole("option").count()
    for (let presses = 0; presses < options && (await chosen.count()) === 0; presses++)
      await this.#page.keyboard.press("ArrowDown")
    expect(await chosen.count(), `${select.toString()} at ${option.toString()}`).toBe(1)
  }

  /** The button of a file field asks the system for a file; which one is chosen there is not the page's. */
  async chooseFile(button: Locator, path: string): Promise<void> {
    await this.reach(button)
    const asked = this.#page.waitForEvent("filechooser")
    await this.#page.keyboard.press("Enter")
    await (await asked).setFiles(path)
  }
}
