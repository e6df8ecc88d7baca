import type { Refusal } from "../../kernel/decision.ts"

/** Carries refusals from a handler to the one place that turns them into problem+json. */
export class RefusedError extends Error {
  readonly refusals: readonly [Refusal, ...Refusal[]]
  /** Whether the ledger already has them, as it does when a command refused. */
  readonly recorded: boolean

  constructor(refusals: readonly [Refusal, ...Refusal[]], recorded = false) {
    super(refusals.map((r) => r.code).join(", "))
    this.name = "RefusedError"
    this.refusals = refusals
    this.recorded = recorded
  }
}
