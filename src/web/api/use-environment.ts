import { useQuery } from "@tanstack/react-query"
import { readEnvironment } from "../../contract/environment.ts"
import { callOnce } from "./call.ts"

/** What does not change while the program runs; undefined until it is read. */
export function useEnvironment() {
  return useQuery({
    queryKey: ["environment"],
    queryFn: () => callOnce(readEnvironment),
    staleTime: Infinity,
  }).data
}
