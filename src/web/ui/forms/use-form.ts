import { useAct } from "../../api/use-act.ts"
import { useDraft } from "./use-draft.ts"

interface Form<Value extends object, Reply> {
  /** Where the draft is kept; one per form and item. */
  readonly draft: string
  readonly initial: Value
  readonly send: (value: Value) => Promise<Reply>
  readonly onClose: () => void
  /** After the server has accepted, in place of closing; the draft is forgotten by then. */
  readonly onDone?: (reply: Reply) => void
}

/** A form whose values survive a reload and a new sign-in; `form` goes to FormDialog as it is. */
export function useForm<Value extends object, Reply = unknown>(asked: Form<Value, Reply>) {
  const { draft, initial, send, onClose, onDone = onClose } = asked
  const { value, change, clear } = useDraft(draft, initial)
  const { act, isPending, refusals } = useAct(
    () => send(value),
    (reply) => {
      clear()
      onDone(reply)
    },
  )
  return { value, change, form: { onSubmit: () => act(undefined), onClose, isPending, refusals } }
}
