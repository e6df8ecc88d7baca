import { z } from "zod"

/** RFC 9457 problem details; `refusals` carries every reason with its point and item. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  refusals: z.array(
    z.object({
      code: z.string(),
      /** 第六點第（二）款, 機關內部控制, or the statute's name. */
      source: z.string(),
      zh: z.string(),
      en: z.string(),
    }),
  ),
})
export type Problem = z.infer<typeof Problem>
