import { Button, Loader, Popover } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { readDeadline } from "../../../modules/deadlines/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { cite } from "../../text/citation.ts"
import { useLanguage } from "../../text/language.tsx"
import { Refusals } from "../refusals.tsx"
import { StatusBadge, type Status } from "../status.tsx"
import { RocDate } from "./roc-date.tsx"
import { today } from "./typed.ts"

const SOON_DAYS = 3
const TEXT = {
  why: { zh: "為什麼是這一天？", en: "Why this day?" },
  provisional: { zh: "暫定，官方日曆匯入後重算", en: "Provisional until the official calendar is imported" },
} as const

function urgencyOf(due: string): Status | null {
  const days = (Date.parse(due) - Date.parse(today())) / 86_400_000
  return days < 0 ? "late" : days <= SOON_DAYS ? "soon" : null
}

/** A legal deadline; with the id of its row, the reckoning behind it is one key press away. */
export function DueDate({ date, deadline }: { readonly date: string; readonly deadline?: string | null }) {
  const { say } = useLanguage()
  const urgency = urgencyOf(date)
  return (
    <span className="due-date">
      <RocDate date={date} />
      {urgency !== null && <StatusBadge status={urgency} />}
      {typeof deadline === "string" && (
        <Popover width={380} position="bottom-start" withArrow shadow="md" trapFocus returnFocus>
          <Popover.Target>
            <Button variant="subtle" size="compact-xs">
              {say(TEXT.why)}
            </Button>
          </Popover.Target>
          <Popover.Dropdown aria-label={say(TEXT.why)}>
            <Reckoning deadline={deadline} />
          </Popover.Dropdown>
        </Popover>
      )}
    </span>
  )
}

/** Event, rule, roll-over, calendar, point and item: one sentence per step. */
function Reckoning({ deadline }: { readonly deadline: string }) {
  const { language, say } = useLanguage()
  const read = useQuery({
    queryKey: ["deadline", deadline],
    queryFn: () => call(readDeadline, { params: { id: deadline } }),
  })
  if (read.isPending) return <Loader size="sm" aria-label="…" />
  if (read.data === undefined) return <Refusals reasons={refusalsIn(read.error)} />
  const { why, point, dutyText, calendar, provisional } = read.data
  return (
    <div tabIndex={-1} data-autofocus className="reckoning">
      <p>
        <span className="cite">{cite(point, language)}</span> {dutyText}
      </p>
      <ol>
        {why[language].map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className="field-hint">
        {calendar}
        {provisional && `（${say(TEXT.provisional)}）`}
      </p>
    </div>
  )
}
