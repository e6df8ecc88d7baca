import { useMutation, useQueryClient } from "@tanstack/react-query"
import type { Problem } from "../../contract/problem.ts"
import { ApiProblem } from "./call.ts"

export type Refusals = Problem["refusals"]

/** Does something on the server, then reads everything shown anew; `refusals` say why it did not happen. */
export function useAct<Input>(work: (input: Input) => Promise<unknown>, onDone?: () => void) {
  const queries = useQueryClient()
  const mutation = useMutation({
    mutationFn: work,
    onSuccess: async () => {
      await queries.invalidateQueries()
      onDone?.()
    },
  })
  return {
    act: mutation.mutate,
    isPending: mutation.isPending,
    refusals: refusalsIn(mutation.error),
    reset: mutation.reset,
  }
}

export function refusalsIn(error: unknown): Refusals {
  if (error instanceof ApiProblem) return error.problem.refusals
  if (error === null || error === undefined) return []
  const zh = "無法連線至伺服器，已輸入的內容仍在畫面上，請稍後再試。"
  return [
    {
      code: "NO_CONNECTION",
      source: "",
      zh,
      en: "The server cannot be reached. What you typed is still here; try again later.",
    },
  ]
}
