import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Actor, PersonActor, Role } from "../../src/kernel/actor.ts"
import type { AccountId, PersonId, UnitId } from "../../src/kernel/ids.ts"
import type { Clock, Instant } from "../../src/kernel/time.ts"
import { createSequencer, openLedger } from "../../src/ledger/index.ts"
import { createPerson, createUnit, people } from "../../src/modules/people/index.ts"
import { openKeyring } from "../../src/platform/crypto/keyring.ts"
import { openFileStore } from "../../src/platform/files/store.ts"
import { newId } from "../../src/platform/ids.ts"
import { createLog } from "../../src/platform/log.ts"
import { packOf } from "../../src/platform/packs.ts"
import { runCommand, type Module, type Reaction, type Runtime } from "../../src/runtime/index.ts"
import { freshDatabase } from "./database.ts"

/** A clock that stands where it was put. */
export interface TestClock extends Clock {
  set(instant: string): void
}

export function testClock(at: string): TestClock {
  let now = at as Instant
  return { now: () => now, set: (instant) => void (now = instant as Instant) }
}

/** One agency with four units and whom a test appoints, over a database of its own. */
export interface SmallOffice {
  readonly runtime: Runtime
  readonly clock: TestClock
  readonly units: Readonly<Record<"agency" | "business" | "it" | "ethics", UnitId>>
  /** Appoints somebody and gives the actor. */
  readonly appoint: (name: string, role: Role, unit: UnitId, email?: string) => Promise<PersonActor>
  readonly close: () => Promise<void>
}

const SETUP: Actor = { kind: "system", job: "set-up" }

/** `modules` beside people; `reactions` as the composition would list them. */
export async function openSmallOffice(
  modules: readonly Module[],
  { at = "2026-11-02T00:00:00.000Z", reactions = [] as readonly Reaction[] } = {},
): Promise<SmallOffice> {
  const directory = await mkdtemp(join(tmpdir(), "hushou-office-"))
  const { db, url, close } = await freshDatabase()
  const clock = testClock(at)
  const keyring = await openKeyring(join(directory, "keys"))
  const ledger = openLedger(keyring)
  const aggregates = [people, ...modules].flatMap((module) => module.aggregates)
  const runtime: Runtime = {
    ...{ db, clock, keyring, reactions },
    log: createLog("silent"),
    origin: "http://localhost:8080",
    demo: false,
    mailIsSent: false,
    ledger,
    sequencer: createSequencer({ url, ledger }),
    files: await openFileStore(join(directory, "files"), keyring),
    pack: packOf("taipei-health"),
    aggregates: new Map(aggregates.map((aggregate) => [aggregate.type, aggregate])),
  }
  const unit = async (
    code: string,
    name: string,
    kind: "agency" | "business" | "it-office" | "ethics-office",
    parent: UnitId | null,
  ) => (await runCommand(runtime, createUnit, { id: newId() as UnitId, code, name, kind, parent }, SETUP)).id
  const agency = await unit("A00", "臺北市政府衛生局", "agency", null)
  const units = {
    agency,
    business: await unit("B01", "疾病管制科", "business", agency),
    it: await unit("I01", "資訊室", "it-office", agency),
    ethics: await unit("E01", "政風室", "ethics-office", agency),
  }
  return {
    ...{ runtime, clock, units },
    appoint: (name, role, of, email) => appoint(runtime, name, role, of, email),
    close: async () => {
      await runtime.sequencer.close()
      await close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function appoint(
  runtime: Runtime,
  name: string,
  role: Role,
  unit: UnitId,
  given?: string,
): Promise<PersonActor> {
  const id = newId() as PersonId
  const posts = [{ role, unit }]
  const email = given ?? `${id}@health.example`
  await runCommand(runtime, createPerson, { id, name, title: "科員", email, posts }, SETUP)
  return { kind: "person", person: id, account: newId() as AccountId, name, posts }
}
