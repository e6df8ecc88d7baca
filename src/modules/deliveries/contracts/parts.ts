import { z } from "zod"
import { endpoint } from "../../../contract/endpoint.ts"
import type { RefusalCode } from "../../../regulation/refusals/index.ts"

export const text = (max: number) => z.string().trim().max(max)
export const instant = z.iso.datetime({ precision: 3 })
export const byId = z.object({ id: z.uuid() })
export const count = z.int().min(0).max(1_000_000_000)

/** A name and no path: nothing that separates folders, ends a line or steers a terminal. */
export const fileName = text(255).regex(/^(?!\.{1,2}$)[^\p{Cc}\u2028\u2029/\\]+$/u)
/** A path on the provider's server; its last part becomes the file's name. */
export const remotePath = text(1000).refine((path) => fileName.safeParse(path.split("/").at(-1)).success)

export const Reason = z.strictObject({ reason: text(500) })
export const Filled = z.strictObject({
  records: count,
  purpose: text(500),
  legalDocument: text(100),
  obtainedBy: text(100),
})

/** Something done to one delivery. */
export function act<Body extends z.ZodType>(
  path: string,
  summary: string,
  body: Body,
  refuses: readonly RefusalCode[],
) {
  return endpoint({
    method: "POST",
    path: `/deliveries/:id/${path}`,
    summary,
    params: byId,
    body,
    reply: "nothing",
    refuses: ["NOT_FOUND", "NOT_PERMITTED", "NOT_IN_THIS_STATE", ...refuses],
  })
}
