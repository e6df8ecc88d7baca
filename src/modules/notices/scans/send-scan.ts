import type { FastifyReply } from "fastify"
import type { Runtime } from "../../../runtime/index.ts"
import { SCAN_TYPES } from "./kinds.ts"
import type { Scan } from "./store.ts"

/** Answers with the scan; the caller has checked that it may be seen. */
export async function sendScan(runtime: Runtime, reply: FastifyReply, scan: Scan): Promise<FastifyReply> {
  const { stream } = await runtime.files.open(scan.id)
  // Browsers draw no TIFF.
  const disposition = scan.kind === "tiff" ? "attachment" : "inline"
  return reply
    .type(SCAN_TYPES[scan.kind])
    .header("content-disposition", `${disposition}; filename="scan-${scan.id}.${scan.kind}"`)
    .header("content-length", scan.bytes)
    .header("cache-control", "no-store")
    .send(stream)
}
