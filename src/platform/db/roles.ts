import { escapeIdentifier, escapeLiteral, type Client } from "pg"

/** Passwords of the two roles: the owner migrates, the application reads and writes. */
export interface RolePasswords {
  readonly owner: string
  readonly app: string
}

/** The owner of all tables, and the role the application runs as. The names are the same on every server. */
export const OWNER_ROLE = "hushou_owner"
export const APP_ROLE = "hushou_app"

/** Makes the two roles, or gives them these passwords. `admin` is a superuser. */
export async function ensureRoles(admin: Client, passwords: RolePasswords): Promise<void> {
  for (const [role, password] of [
    [OWNER_ROLE, passwords.owner],
    [APP_ROLE, passwords.app],
  ] as const) {
    const { rowCount } = await admin.query("select from pg_roles where rolname = $1", [role])
    const verb = rowCount === 0 ? "create" : "alter"
    await admin.query(`${verb} role ${role} login password ${escapeLiteral(password)}`)
  }
}

/** Makes a database of the owner that nobody else may create tables in. Exists already: nothing happens. */
export async function ensureDatabase(admin: Client, name: string): Promise<void> {
  const { rowCount } = await admin.query("select from pg_database where datname = $1", [name])
  if (rowCount !== 0) return
  const database = escapeIdentifier(name)
  await admin.query(`create database ${database} owner ${OWNER_ROLE} encoding 'UTF8' template template0`)
  await admin.query(`revoke all on database ${database} from public`)
  await admin.query(`grant connect on database ${database} to ${APP_ROLE}`)
}
