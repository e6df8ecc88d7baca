import { useQuery } from "@tanstack/react-query"
import type { Role } from "../../kernel/actor.ts"
import { whoAmI } from "../../modules/access/contract.ts"
import { callOnce } from "./call.ts"

/** Who is signed in; an error when nobody is. */
export function useMe() {
  return useQuery({ queryKey: ["me"], queryFn: () => callOnce(whoAmI), staleTime: 60_000 })
}

/** Whether to offer what only these posts do; the server decides again. */
export function useHolds(...roles: readonly Role[]): boolean {
  return useMe().data?.posts.some((post) => roles.includes(post.role)) ?? false
}
