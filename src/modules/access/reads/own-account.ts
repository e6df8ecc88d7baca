import type { PersonActor, SessionStage } from "../../../kernel/actor.ts"
import type { Instant } from "../../../kernel/time.ts"
import { browseEntries, readEntry } from "../../../ledger/index.ts"
import { readTx, type Db, type Tx } from "../../../platform/db/tx.ts"
import type { Runtime } from "../../../runtime/index.ts"
import type { Me, OwnAccount } from "../contracts/own.ts"
import { renewBy } from "../credentials/policy.ts"
import type { Account } from "../model.ts"
import { devicesOf } from "../sessions/devices.ts"
import type { Session } from "../sessions/model.ts"
import { liveSessions } from "../sessions/store.ts"
import { readAccount } from "../store.ts"

export async function readMe(runtime: Runtime, actor: PersonActor, stage: SessionStage): Promise<Me> {
  const { db, pack } = runtime
  const units = await unitNames(db, [...new Set(actor.posts.map((post) => post.unit))])
  const posts = actor.posts.map((post) => ({ ...post, unitName: units.get(post.unit) ?? "" }))
  const { passwordSetAt } = await readTx(db, (tx) => ownAccount(tx, actor))
  const renew = passwordSetAt === null ? null : renewBy(passwordSetAt, pack.password)
  return { person: actor.person, name: actor.name, stage, renewBy: renew, posts }
}

async function unitNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const units = await db.selectFrom("people_v_unit").select(["id", "name"]).where("id", "in", ids).execute()
  return new Map(units.map(({ id, name }) => [id ?? "", name ?? ""]))
}

async function ownAccount(tx: Tx, actor: PersonActor): Promise<Account> {
  const account = await readAccount(tx, actor.account)
  if (account === null) throw new Error("a signed-in person has an account")
  return account
}

const HISTORY_LENGTH = 20

/** 我的帳號. */
export function readOwnAccount(
  runtime: Runtime,
  actor: PersonActor,
  own: Session,
  now: Instant,
): Promise<OwnAccount> {
  const { db, pack } = runtime
  return readTx(db, async (tx) => {
    const { loginName, passwordSetAt } = await ownAccount(tx, actor)
    const sessions = await liveSessions(tx, runtime, actor.account, now)
    return {
      loginName,
      password: {
        setAt: passwordSetAt,
        renewBy: passwordSetAt === null ? null : renewBy(passwordSetAt, pack.password),
      },
      sessions: sessions.map(({ id, address, agent, createdAt, lastSeenAt }) => ({
        ...{ id, address, agent, since: createdAt, lastSeenAt },
        isThisOne: id === own.id,
      })),
      devices: await devicesOf(tx, actor.account),
      history: await historyOf(tx, runtime, actor),
    }
  })
}

async function historyOf(tx: Tx, { ledger }: Runtime, actor: PersonActor): Promise<OwnAccount["history"]> {
  const { items } = await browseEntries(
    tx,
    { aboutType: "account", aboutId: actor.account },
    1,
    HISTORY_LENGTH,
  )
  return Promise.all(
    items.map(async ({ index, time, kind, actor: by }) => {
      const entry = await readEntry(tx, ledger.sealKeys, index)
      const payload = entry?.payload.state === "open" ? entry.payload.value : {}
      return { at: time, kind, from: addressIn(payload), by: by === actor.person ? "self" : "other" }
    }),
  )
}

function addressIn(payload: unknown): string | null {
  const isNamed = typeof payload === "object" && payload !== null && "address" in payload
  return isNamed && typeof payload.address === "string" ? payload.address : null
}
