import { useSearch } from "@tanstack/react-router"
import type { ListSearch } from "./list-search.ts"

/** Page, order and filters of a list, kept in the address so that they survive a reload and can be sent on. */
export function useListSearch(): ListSearch {
  return useSearch({ strict: false })
}
