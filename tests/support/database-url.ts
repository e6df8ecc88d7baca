import { APP_ROLE, OWNER_ROLE } from "../../src/platform/db/roles.ts"
import type { DatabaseServer } from "./database-server.ts"

/** The URL of `database` on the test server for one of the two roles. */
export function urlFor(server: DatabaseServer, role: "owner" | "app", database: string): string {
  const url = new URL(server.adminUrl)
  url.username = role === "owner" ? OWNER_ROLE : APP_ROLE
  url.password = server.passwords[role]
  url.pathname = `/${database}`
  return url.href
}
