/** A subcommand's file exports this: it prints for itself and resolves with the exit code. */
export interface Subcommand {
  run(argv: string[]): Promise<number>
}

/** Exit code of a command that was called wrongly. */
export const WRONG_USAGE = 2
