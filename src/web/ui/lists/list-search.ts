import { z } from "zod"

const text = z.string().max(100).optional().catch(undefined)
const positive = z.coerce.number().int().min(1).max(1_000_000).optional().catch(undefined)

/** What lists keep in the address: page, order and filters. Whatever cannot be read is left out. */
const ListSearchSchema = z.object({
  page: positive,
  sort: text,
  state: text,
  search: text,
  unit: text,
  year: positive,
  late: z.boolean().optional().catch(undefined),
  kind: text,
  on: z.iso.date().optional().catch(undefined),
  entry: z.coerce.number().int().min(0).optional().catch(undefined),
})

type Read = z.output<typeof ListSearchSchema>
export type ListSearch = { readonly [Name in keyof Read]: Read[Name] }

export function readListSearch(search: Record<string, unknown>): ListSearch {
  return Object.fromEntries(
    Object.entries(ListSearchSchema.parse(search)).filter(([, value]) => value !== undefined),
  )
}
