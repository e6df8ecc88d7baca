import type { FastifyReply } from "fastify"
import type { PersonActor } from "../../../kernel/actor.ts"
import { taipeiDate, type CivilDate, type Instant } from "../../../kernel/time.ts"
import { bind, type BoundRoute } from "../../../platform/http/bind.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import type { Runtime } from "../../../runtime/index.ts"
import * as contract from "../contracts/roster.ts"
import { unitsSeenBy } from "../reads/visibility.ts"
import { readRosterPage } from "./as-of.ts"
import { exportRoster, exportUnits, rosterReadersOnly } from "./export.ts"

export function rosterRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    bind(contract.readRoster, async ({ query, actor, now }) => {
      const seen = await unitsSeenBy(runtime.db, actor as PersonActor)
      const refusal = rosterReadersOnly(seen)
      if (refusal !== null) throw new RefusedError([refusal])
      return readRosterPage(runtime.db, { ...query, on: dayOf(query.on, now), seen }, query, now)
    }),
    bind(contract.exportRoster, async ({ query, actor, now, reply }) => {
      const asked = { ...query, on: dayOf(query.on, now) }
      return send(reply, await exportRoster(runtime, actor as PersonActor, asked, now))
    }),
    bind(contract.exportUnits, async ({ query, actor, now, reply }) => {
      const asked = { ...query, on: taipeiDate(now) }
      return send(reply, await exportUnits(runtime, actor as PersonActor, asked, now))
    }),
  ]
}

function dayOf(on: string | undefined, now: Instant): CivilDate {
  return on === undefined ? taipeiDate(now) : (on as CivilDate)
}

function send(
  reply: FastifyReply,
  { bytes, type, name }: { readonly bytes: Buffer; readonly type: string; readonly name: string },
): FastifyReply {
  return reply
    .type(type)
    .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .send(bytes)
}
