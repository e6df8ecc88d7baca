import { Readable } from "node:stream"
import { holds, type Actor, type Role } from "../../../kernel/actor.ts"
import { accepted, decideUnless, gather } from "../../../kernel/decision.ts"
import type { FileId } from "../../../kernel/ids.ts"
import { newId } from "../../../platform/ids.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import { runCommand, type Command, type Runtime } from "../../../runtime/index.ts"
import { scanKindOf } from "./kinds.ts"
import { insertScan, type Scan } from "./store.ts"

/** Who gives notices: under 6-1 the handlers of units and 資訊室, under 5-4 the heads of units. */
const NOTIFIERS: readonly Role[] = [
  "handler",
  "center-handler",
  "it-handler",
  "supervisor",
  "center-head",
  "director",
]

export const scanIsKeptByANotifier = rule("internal", (actor: Actor) =>
  NOTIFIERS.some((role) => holds(actor, role)) ? null : refuse("NOT_PERMITTED"),
)

export const scanIsOfAKnownKind = rule("internal", (bytes: Uint8Array) =>
  scanKindOf(bytes) === null ? refuse("SCAN_TYPE_WRONG") : null,
)

type NewScan = Omit<Scan, "keptBy" | "keptAt">

/** The scan is complete and durable in the file store; this says whose it is. */
const recordScan: Command<NewScan, object, Scan> = {
  name: "keep-scan",
  load: () => Promise.resolve({}),
  decide: (_, scan, { actor, now }) =>
    decideUnless(gather(scanIsKeptByANotifier(actor)), () => {
      if (actor.kind !== "person") throw new Error("checked by the rule: a person")
      const kept: Scan = { ...scan, keptBy: actor.person, keptAt: now }
      const { id, kind, sha256, bytes } = scan
      return accepted(kept, {
        kind: "scan-kept",
        duties: ["6-1a"],
        about: { type: "scan", id },
        retention: "notice",
        payload: { kind, sha256, bytes },
      })
    }),
  save: insertScan,
}

/** Keeps the scan of a signed paper notice for the command that records it. @throws RefusedError */
export async function keepScan(runtime: Runtime, bytes: Buffer, actor: Actor): Promise<Scan> {
  const kind = scanKindOf(bytes)
  const broken = scanIsKeptByANotifier(actor) ?? scanIsOfAKnownKind(bytes)
  if (broken !== null || kind === null) throw new RefusedError([broken ?? refuse("SCAN_TYPE_WRONG")])
  const stored = await runtime.files.put(newId() as FileId, Readable.from([bytes]))
  try {
    const { id, sha256 } = stored
    return await runCommand(runtime, recordScan, { id, kind, sha256, bytes: bytes.length }, actor)
  } catch (error) {
    await runtime.files.destroy(stored.id)
    throw error
  }
}
