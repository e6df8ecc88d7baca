import type { Actor } from "../kernel/actor.ts"
import { runCommand, type Command } from "./run-command.ts"
import type { Runtime } from "./runtime.ts"

/**
 * The door through which household data leaves. The command's facts say who receives what.
 * MUST NOT call `release` before they are durable; if the ledger cannot be written nothing is released.
 */
export async function runDisclosure<Input, State, Next, Released>(
  runtime: Runtime,
  command: Command<Input, State, Next>,
  input: Input,
  actor: Actor,
  release: (next: Next) => Promise<Released>,
): Promise<Released> {
  return release(await runCommand(runtime, command, input, actor))
}
