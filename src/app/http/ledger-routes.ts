import { holds, type Actor, type PersonActor } from "../../kernel/actor.ts"
import { accepted, decideUnless, gather } from "../../kernel/decision.ts"
import type { Instant } from "../../kernel/time.ts"
import * as contract from "../../contract/ledger.ts"
import {
  browseEntries,
  openCheckpoint,
  proveInclusion,
  readEntry,
  readHead,
  verifierKey,
  type Entry,
} from "../../ledger/index.ts"
import { checkpointPdf } from "../../modules/deliveries/index.ts"
import { readTx, type Tx } from "../../platform/db/tx.ts"
import { bind, type BoundRoute } from "../../platform/http/bind.ts"
import { RefusedError } from "../../platform/http/refused-error.ts"
import { refuse, rule } from "../../regulation/rule.ts"
import { runCommand, type Command, type Runtime } from "../../runtime/index.ts"
import { checkIntegrity, describeFinding } from "../integrity.ts"

/** 軌跡紀錄: browse, verify, print. Reading it is itself recorded. */
export function ledgerRoutes(runtime: Runtime): readonly BoundRoute[] {
  const { db } = runtime
  return [
    bind(contract.browseLedger, async ({ query: { page, size, ...filter }, actor }) => {
      await runCommand(runtime, readLedger, { what: "browse", filter: filter }, actor)
      return readTx(db, async (tx) => {
        const { items, total } = await browseEntries(tx, present(filter), page, size)
        return { items: await viewsOf(tx, items), total, page, size }
      })
    }),
    bind(contract.readLedgerEntry, async ({ params: { index }, actor }) => {
      await runCommand(runtime, readLedger, { what: "entry", filter: { index } }, actor)
      const found = await readTx(db, (tx) => readEntry(tx, runtime.ledger.sealKeys, index))
      if (found === null) throw new RefusedError([refuse("NOT_FOUND")])
      const [entry] = await readTx(db, (tx) => viewsOf(tx, [found.entry]))
      if (entry === undefined) throw new RefusedError([refuse("NOT_FOUND")])
      const proof = await proveInclusion(db, index)
      const text = found.payload.state === "open" ? JSON.stringify(found.payload.value, null, 2) : null
      return {
        entry,
        canonical: JSON.stringify(found.entry),
        payload: { state: found.payload.state, text },
        proof,
      }
    }),
    ...checkpointRoutes(runtime),
    bind(contract.verifyLedger, async ({ actor }) => {
      await runCommand(runtime, readLedger, { what: "verify", filter: {} }, actor)
      const { size, findings } = await checkIntegrity(runtime)
      return { size, findings: findings.map(describeFinding) }
    }),
  ]
}

function checkpointRoutes(runtime: Runtime): readonly BoundRoute[] {
  const head = async (actor: Actor) => {
    await runCommand(runtime, readLedger, { what: "checkpoint", filter: {} }, actor)
    const found = await readTx(runtime.db, readHead)
    if (found === null) throw new RefusedError([refuse("NOT_FOUND")])
    return found
  }
  return [
    bind(contract.readCheckpoint, async ({ actor }) => {
      const { note, size, time } = await head(actor)
      return { note, size, time, verifierKey: verifierKey(runtime.ledger.signer) }
    }),
    bind(contract.printCheckpoint, async ({ actor, now, reply }) => {
      const { note, size, time } = await head(actor)
      const { root, origin } = openCheckpoint(note, runtime.ledger.signer)
      const agency = await runtime.db
        .selectFrom("people_v_unit")
        .select("name")
        .where("kind", "=", "agency")
        .executeTakeFirst()
      const pdf = await checkpointPdf({
        agency: agency?.name ?? "",
        printedAt: now,
        printedBy: (actor as PersonActor).name,
        pack: runtime.pack.version,
        ledgerIndex: size - 1,
        link: `${runtime.origin}/ledger`,
        watermark: runtime.demo ? "示範" : null,
        logOrigin: origin,
        treeSize: size,
        rootHash: Buffer.from(root, "hex").toString("base64"),
        signedAt: time,
        signedNote: note,
        verifierKey: verifierKey(runtime.ledger.signer),
        holder: runtime.pack.org.roleNames["ethics-officer"],
      })
      return reply.type("application/pdf").send(Buffer.from(pdf))
    }),
  ]
}

const readersOnly = rule("internal", (actor: Actor) =>
  contract.LEDGER_READERS.some((role) => holds(actor, role)) ? null : refuse("NOT_PERMITTED"),
)

interface Reading {
  readonly what: "browse" | "entry" | "verify" | "checkpoint"
  readonly filter: Readonly<Record<string, string | number | undefined>>
}

/** Changes nothing but the ledger itself: durable before anything is shown. */
const readLedger: Command<Reading, object, Reading> = {
  name: "read-ledger",
  load: () => Promise.resolve({}),
  decide: (_, reading, { actor }) =>
    decideUnless(gather(readersOnly(actor)), () =>
      accepted(reading, {
        kind: "ledger-read",
        duties: [],
        about: { type: "ledger", id: reading.what },
        retention: "setting",
        payload: { ...reading },
      }),
    ),
  save: () => Promise.resolve(),
}

function present(filter: Readonly<Record<string, string | undefined>>) {
  const { kind, aboutType, aboutId, from, to } = filter
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(aboutType === undefined ? {} : { aboutType }),
    ...(aboutId === undefined ? {} : { aboutId }),
    ...(from === undefined ? {} : { from: from as Instant }),
    ...(to === undefined ? {} : { to: to as Instant }),
  }
}

async function viewsOf(tx: Tx, entries: readonly Entry[]): Promise<contract.LedgerEntryView[]> {
  const people = [...new Set(entries.map((entry) => entry.actor))].filter((actor) =>
    /^[0-9a-f-]{36}$/.test(actor),
  )
  const rows =
    people.length === 0
      ? []
      : await tx
          .selectFrom("people_v_actor")
          .select(["person", "name"])
          .where("person", "in", people)
          .execute()
  const names = new Map(rows.map((row) => [row.person, row.name]))
  return entries.map(({ index, time, actor, kind, duties, pack, about }) => ({
    ...{ index, time, actor, kind, pack },
    actorName: names.get(actor) ?? actor,
    duties: [...duties],
    about: about === undefined ? null : { type: about.type, id: about.id },
  }))
}
