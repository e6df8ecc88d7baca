import { describe, expect, it } from "vitest"
import { ApiProblem } from "./problem.ts"
import { hasSessionEnded, leaveSession, resumeSession, signedInAgainAfter, watchSession } from "./session.ts"

const refusal = (code: string) => new ApiProblem(401, [{ code, source: "", zh: "", en: "" }])

describe("an ended session", () => {
  it("lets everything that met the end wait on one sign-in, and go on after it", async () => {
    let changes = 0
    const stop = watchSession(() => changes++)
    const waiting = [
      signedInAgainAfter(refusal("NOT_SIGNED_IN")),
      signedInAgainAfter(refusal("NOT_SIGNED_IN")),
    ]
    expect([hasSessionEnded(), changes]).toEqual([true, 1])
    resumeSession()
    await Promise.all(waiting)
    expect([hasSessionEnded(), changes]).toEqual([false, 2])
    stop()
  })

  it("gives everything its own refusal back when nobody signs in", async () => {
    const waiting = signedInAgainAfter(refusal("NOT_SIGNED_IN"))
    leaveSession()
    await expect(waiting).rejects.toMatchObject({ status: 401 })
    expect(hasSessionEnded()).toBe(false)
  })

  it("is not what any other refusal means", async () => {
    await expect(signedInAgainAfter(refusal("SIGN_IN_FAILED"))).rejects.toMatchObject({ status: 401 })
    await expect(signedInAgainAfter(new Error("x"))).rejects.toThrow("x")
    expect(hasSessionEnded()).toBe(false)
  })
})
