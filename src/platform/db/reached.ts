import { StartError } from "../start-error.ts"

/** SQLSTATE classes of a database that cannot be had: connection, authorization, name, privilege. */
const SQLSTATE = /^(08|28|3D|42501|53|57P03)/

/** Does `work` with the server that a setting names; what keeps it from being reached becomes one line. */
export async function reached<T>(variable: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === null) throw error
    throw new StartError(
      `無法使用 ${variable} 所指之資料庫：${reason}`,
      `the database that ${variable} names cannot be used`,
      { cause: error },
    )
  }
}

/** Codes only, and PostgreSQL's own sentence about connections, which never repeats a password. */
function reasonOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const code = "code" in error ? String(error.code) : ""
  if (SQLSTATE.test(code)) return `${error.message}（${code}）`
  if ("syscall" in error) return code
  return error.message.includes("timeout") ? "timeout" : null
}
