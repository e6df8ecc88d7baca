import { useMutation, useQueryClient } from "@tanstack/react-query"
import { refusalsIn } from "./problem.ts"

/** Does something on the server, then reads everything shown anew; `refusals` say why it did not happen. */
export function useAct<Input, Reply>(
  work: (input: Input) => Promise<Reply>,
  onDone?: (reply: Reply) => void,
) {
  const queries = useQueryClient()
  const mutation = useMutation({
    mutationFn: work,
    networkMode: "always",
    onSuccess: async (reply) => {
      await queries.invalidateQueries()
      onDone?.(reply)
    },
  })
  return {
    act: mutation.mutate,
    isPending: mutation.isPending,
    refusals: refusalsIn(mutation.error),
    reset: mutation.reset,
  }
}
