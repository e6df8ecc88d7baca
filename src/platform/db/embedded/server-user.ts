import { execFile } from "node:child_process"
import { readFile } from "node:fs/promises"
import { StartError } from "../../start-error.ts"

/** The unprivileged account the server runs as when the program itself is root, which PostgreSQL refuses. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

/** First choice first; initdb insists on an entry in the password file. */
const CANDIDATES = ["postgres", "nobody"]

/** Whom the server runs as; `null` means as ourselves, because we are not root. */
export async function chooseServerUser(): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) return null
  const accounts = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"))
  for (const name of CANDIDATES) {
    const account = accounts.find((fields) => fields[0] === name)
    if (account !== undefined) return { uid: Number(account[2]), gid: Number(account[3]) }
  }
  throw new StartError(
    "資料庫不得以 root 執行，而本機沒有 postgres 或 nobody 帳號：請以一般帳號啟動，或設定 DATABASE_URL",
    "the database cannot run as root and this machine has neither a postgres nor a nobody account: " +
      "start as an ordinary user, or set DATABASE_URL",
  )
}

/** Whether `user` can enter `directory`, asked of the system itself as that user. */
export async function mayEnter(user: ServerUser, directory: string): Promise<boolean> {
  return new Promise((resolve) => {
    const test = ["-c", 'test -d "$1" && test -x "$1"', "sh", directory]
    execFile("/bin/sh", test, { ...user, cwd: "/" }, (error) => resolve(error === null))
  })
}
