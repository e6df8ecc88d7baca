import { expect, test } from "vitest"
import { hashPassword, isPasswordRight } from "./passwords.ts"

test("an account that awaits its password is entered with no password, not even the decoy's", async () => {
  for (const password of ["no account has this password", ""])
    expect(await isPasswordRight(null, password)).toBe(false)
  const own = await hashPassword("a longer password")
  expect(await isPasswordRight(own, "a longer password")).toBe(true)
  expect(await isPasswordRight(own, "no account has this password")).toBe(false)
})
