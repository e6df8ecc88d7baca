import { APP_ROLE, OWNER_ROLE, type RolePasswords } from "../../src/platform/db/roles.ts"

/** The URL of `database` on the test server for one of the two roles. */
export function urlFor(
  server: { readonly adminUrl: string; readonly passwords: RolePasswords },
  role: "owner" | "app",
  database: string,
): string {
  const url = new URL(server.adminUrl)
  url.username = role === "owner" ? OWNER_ROLE : APP_ROLE
  url.password = server.passwords[role]
  url.pathname = `/${database}`
  return url.href
}
