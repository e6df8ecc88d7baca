import { sql } from "kysely"
import { StartError } from "../start-error.ts"
import { APP_ROLE, OWNER_ROLE } from "./roles.ts"
import type { Db } from "./tx.ts"

const OLDEST_VERSION = 15

/** What is asked of a server before it is trusted with records, as it says so itself. */
export interface ServerSettings {
  readonly version: string
  readonly encoding: string
  readonly fsync: string
  readonly fullPageWrites: string
  readonly synchronousCommit: string
}

/**
 * Refuses a server that could lose what it acknowledged, or that is too old or not UTF-8.
 * Throws StartError naming the setting.
 */
export async function assertDurable(db: Db): Promise<void> {
  const { rows } = await sql<ServerSettings>`
    select current_setting('server_version_num') as version,
      current_setting('server_encoding') as encoding,
      current_setting('fsync') as fsync,
      current_setting('full_page_writes') as "fullPageWrites",
      current_setting('synchronous_commit') as "synchronousCommit"`.execute(db)
  for (const server of rows) refuseUnfit(server)
}

/** Throws StartError naming what is wrong. */
export function refuseUnfit(server: ServerSettings): void {
  const version = Math.floor(Number(server.version) / 10_000)
  if (version < OLDEST_VERSION)
    throw new StartError(
      `資料庫為 PostgreSQL ${version}，本系統需要 ${OLDEST_VERSION} 以上`,
      `the database is PostgreSQL ${version}; version ${OLDEST_VERSION} or later is needed`,
    )
  if (server.encoding !== "UTF8")
    throw new StartError(
      `資料庫編碼為 ${server.encoding}，須為 UTF8`,
      `the database's encoding is ${server.encoding}; it must be UTF8`,
    )
  refuseOff("fsync", server.fsync)
  refuseOff("full_page_writes", server.fullPageWrites)
  refuseOff("synchronous_commit", server.synchronousCommit)
}

function refuseOff(setting: string, value: string): void {
  if (value !== "off") return
  throw new StartError(
    `資料庫設定 ${setting} 為 off，斷電會遺失已確認的紀錄；請改為 on`,
    `the database has ${setting} off and could lose acknowledged records; set it to on`,
  )
}

/**
 * Refuses a connection as another role than `role`: what serves the network must not be able to change the ledger,
 * and is able to as the owner or as a superuser, whatever its name. Throws StartError naming the `variable`.
 */
export async function assertRole(db: Db, role: "app" | "owner", variable: string): Promise<void> {
  const wanted = role === "app" ? APP_ROLE : OWNER_ROLE
  const { rows } = await sql<{ name: string; isSuperuser: boolean; isOwner: boolean }>`
    select rolname as name, rolsuper as "isSuperuser", pg_has_role(${OWNER_ROLE}, 'member') as "isOwner"
    from pg_roles where rolname = current_user`.execute(db)
  const [found] = rows
  if (found?.name === wanted && !found.isSuperuser && found.isOwner === (role === "owner")) return
  throw new StartError(
    `設定 ${variable} 有誤：須以角色 ${wanted} 連線，且該角色不得另有權限（不得為超級使用者或他角色之成員）`,
    `${variable} must connect as the role ${wanted}, which must hold no further rights (no superuser, no member of the other)`,
  )
}
