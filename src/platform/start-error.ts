/** Why the program does not start: one line for the terminal, Chinese first. Nothing was changed. */
export class StartError extends Error {
  override readonly name = "StartError"

  constructor(zh: string, en: string, options?: ErrorOptions) {
    super(`${zh}（${en}）`.replaceAll(/\s*\n\s*/g, " "), options)
  }
}
