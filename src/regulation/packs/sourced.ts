import { z } from "zod"
import { DUTY_IDS, type DutyId } from "../duties.ts"

/** A duty id, `internal` (機關內部控制), or a statute by its Chinese name. */
export const Source = z
  .string()
  .refine((s) => s === "internal" || /^\p{Script=Han}/u.test(s) || DUTY_IDS.includes(s as DutyId), {
    error: "source 須為義務代碼、internal 或法規名稱 (a duty id, internal, or a statute's Chinese name)",
  })

/** A parameter never stands without what demands it. */
export const sourced = <Value extends z.ZodType>(value: Value) => z.strictObject({ value, source: Source })

export function unique<Item extends z.ZodType>(item: Item, keyOf: (item: z.output<Item>) => string) {
  return z
    .array(item)
    .min(1)
    .superRefine((items, context) => {
      const keys = items.map(keyOf)
      keys.forEach((key, index) => {
        if (keys.indexOf(key) < index)
          context.addIssue({ code: "custom", path: [index], message: `重複 (doubled): ${key}` })
      })
    })
}
