import * as contract from "../../contract/settings.ts"
import type { Role } from "../../kernel/actor.ts"
import type { Instant } from "../../kernel/time.ts"
import { inForce } from "../../platform/db/in-force.ts"
import type { Db } from "../../platform/db/tx.ts"
import { bind, type BoundRoute } from "../../platform/http/bind.ts"
import type { Runtime } from "../../runtime/index.ts"
import { sourceArchive } from "./source-archive.ts"

/** 設定, to read only; no secret is among them. */
export function settingsRoutes(runtime: Runtime, version: string): readonly BoundRoute[] {
  return [
    bind(contract.readSettings, async ({ now }) => ({
      ...{ version, origin: runtime.origin, mailIsSent: runtime.mailIsSent, pack: runtime.pack },
      checkpointHolders: await readHolders(runtime.db, runtime.pack.checkpoint.holders.value, now),
    })),
    bind(contract.downloadSource, async ({ reply }) => {
      reply.header("content-disposition", `attachment; filename="hushou-${version}-source.zip"`)
      return reply.type("application/zip").send(Buffer.from(await sourceArchive()))
    }),
  ]
}

async function readHolders(db: Db, roles: readonly Role[], now: Instant) {
  const rows = await db
    .selectFrom("people_v_post")
    .innerJoin("people_v_actor", "people_v_actor.person", "people_v_post.person")
    .innerJoin("people_v_unit", "people_v_unit.id", "people_v_post.unit")
    .select(["people_v_post.role", "people_v_actor.name", "people_v_unit.name as unitName"])
    .where("people_v_post.role", "in", roles)
    .where(inForce("people_v_post", now))
    .orderBy("people_v_post.since")
    .execute()
  return rows.map(({ role, name, unitName }) => ({
    role: role as Role,
    name: name ?? "",
    unitName: unitName ?? "",
  }))
}
