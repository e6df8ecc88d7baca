import { Readable } from "node:stream"
import type { FastifyReply, FastifyRequest } from "fastify"
import type { DeliveryId } from "../../../kernel/ids.ts"
import type { PersonActor } from "../../../kernel/actor.ts"
import { bind, type BoundRoute } from "../../../platform/http/bind.ts"
import { describeError } from "../../../platform/log.ts"
import { readTx } from "../../../platform/db/tx.ts"
import { runCommand, runDisclosure, type Runtime } from "../../../runtime/index.ts"
import { identifyBySession } from "../../access/index.ts"
import { loadAround } from "../commands/delivery-command.ts"
import { cutFileOff, openFile } from "../commands/use/release-delivery.ts"
import * as contract from "../contract.ts"
import { mayReadDelivery } from "../reads/detail.ts"
import { decideOpenFile, type CutOff } from "../rules/use.ts"
import { readDeliveryRow } from "../store.ts"
import { readerOf } from "../visibility.ts"
import { requireVisible } from "./require-visible.ts"

/** How many bytes may follow before the right to them is looked at again. */
const LOOK_AGAIN_EVERY_BYTES = 8 * 1024 * 1024

/** The one way household data leaves: for whom, is recorded before the first byte; that less left, afterwards. */
export function openFileRoute(runtime: Runtime): BoundRoute {
  return bind(contract.openFile, async (asked) => {
    const id = await requireVisible(runtime, asked)
    const { actor, request, reply } = asked
    return runDisclosure(runtime, openFile, { delivery: id }, actor, async ({ delivery }) => {
      if (!("fetched" in delivery)) throw new Error("an opened delivery has a file")
      const { id: file, name, bytes } = delivery.fetched.file
      const { stream } = await runtime.files.open(file)
      const watched = whileAllowed(stream, {
        isAllowed: () => mayStillOpen(runtime, request, id, actor as PersonActor),
        onCutOff: (cutOff) => recordCutOff(runtime, id, actor as PersonActor, cutOff),
      })
      return sendFile(reply, Readable.from(watched, { objectMode: false }), name, bytes)
    })
  })
}

interface Watch {
  readonly isAllowed: () => Promise<boolean>
  /** Told when the stream ends before the content does. */
  readonly onCutOff: (cutOff: CutOff) => Promise<void>
}

async function* whileAllowed(content: Readable, { isAllowed, onCutOff }: Watch): AsyncGenerator<Uint8Array> {
  let handedOut = 0
  let lookAgainAt = LOOK_AGAIN_EVERY_BYTES
  let cause: CutOff["cause"] | null = "connection-closed"
  try {
    for await (const chunk of content as AsyncIterable<Uint8Array>) {
      if (handedOut >= lookAgainAt) {
        lookAgainAt = handedOut + LOOK_AGAIN_EVERY_BYTES
        if (!(await isAllowed())) {
          cause = "right-ended"
          throw new Error("the right to the file ended while it was being sent")
        }
      }
      handedOut += chunk.length
      yield chunk
    }
    cause = null
  } finally {
    if (cause !== null) await onCutOff({ cause, handedOut })
  }
}

/** Decides anew, with the session, account and posts as they are now. */
async function mayStillOpen(
  runtime: Runtime,
  request: FastifyRequest,
  id: DeliveryId,
  before: PersonActor,
): Promise<boolean> {
  const { actor, now } = await identifyBySession(runtime, runtime.origin)(request)
  if (actor.kind !== "person" || actor.person !== before.person) return false
  if (!(await mayReadDelivery(runtime.db, await readerOf(runtime.db, actor, now), id))) return false
  return readTx(runtime.db, async (tx) => {
    const around = await loadAround(tx, await readDeliveryRow(tx, id), { actor, now })
    return decideOpenFile(around, {}, { actor, now }).ok
  })
}

async function recordCutOff(
  runtime: Runtime,
  delivery: DeliveryId,
  actor: PersonActor,
  cutOff: CutOff,
): Promise<void> {
  await runCommand(runtime, cutFileOff, { delivery, ...cutOff }, actor).catch((error: unknown) =>
    runtime.log.error({ err: describeError(error), delivery }, "a file's cut-off was not recorded"),
  )
}

function sendFile(reply: FastifyReply, stream: Readable, name: string, bytes: number): FastifyReply {
  return reply
    .type("application/octet-stream")
    .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .header("content-length", bytes)
    .header("cache-control", "no-store")
    .send(stream)
}
