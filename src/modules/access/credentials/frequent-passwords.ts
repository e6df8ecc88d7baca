let common: Promise<ReadonlySet<string>> | undefined

/** The list takes some megabytes, so that it is read when a password is first set. */
async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common")
  return new Set(dictionary["passwords-common"])
}

/** Whether it is one of the most common passwords, or one of them with digits and signs put around it. */
export async function isCommonPassword(password: string): Promise<boolean> {
  common ??= load()
  const known = await common
  const lower = password.toLowerCase()
  const core = lower.replaceAll(/^\P{L}+|\P{L}+$/gu, "")
  return known.has(lower) || known.has(core)
}
