import {
  IconArchive,
  IconCheck,
  IconCircleDashed,
  IconClock,
  IconHourglass,
  IconX,
} from "@tabler/icons-react"
import type { ComponentType } from "react"
import { useSay, type Text } from "../text/language.tsx"

export type Status = "todo" | "running" | "soon" | "late" | "done" | "void"

const LOOKS: Readonly<
  Record<Status, { readonly icon: ComponentType<{ size: number }>; readonly text: Text }>
> = {
  todo: { icon: IconCircleDashed, text: { zh: "待辦", en: "To do" } },
  running: { icon: IconHourglass, text: { zh: "進行中", en: "In progress" } },
  soon: { icon: IconClock, text: { zh: "將到期", en: "Due soon" } },
  late: { icon: IconClock, text: { zh: "逾期", en: "Overdue" } },
  done: { icon: IconCheck, text: { zh: "完成", en: "Done" } },
  void: { icon: IconX, text: { zh: "作廢", en: "Void" } },
}

/** An icon, a word and a colour, the same everywhere; `word` says it more exactly. */
export function StatusBadge({ status, word }: { readonly status: Status; readonly word?: string }) {
  const say = useSay()
  const { icon: Icon, text } = LOOKS[status]
  return (
    <span className={`status status-${status}`}>
      <span aria-hidden className="status-icon">
        <Icon size={14} />
      </span>
      {word ?? say(text)}
    </span>
  )
}

/** What belongs on an empty page, and how to begin. */
export function Empty({ text }: { readonly text: string }) {
  return (
    <p className="empty">
      <IconArchive aria-hidden size={20} /> {text}
    </p>
  )
}
