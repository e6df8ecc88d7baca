import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { listCalendars, type CalendarYearView } from "../../../modules/deadlines/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useHolds } from "../../api/use-me.ts"
import { Said, useSay } from "../../text/language.tsx"
import { RocDateTime } from "../../ui/dates/roc-date.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { CalendarDialog } from "./calendar-dialog.tsx"

const TEXT = {
  title: { zh: "辦公日曆", en: "Office calendars" },
  how: {
    zh: "期限依「政府行政機關辦公日曆表」計算；未匯入之年度僅計週末，為暫定，匯入後重算。",
    en: "Deadlines follow the official office calendar. A year not imported knows weekends only; its dates are provisional until it is.",
  },
  caption: { zh: "現行各年度版本", en: "Edition in force of each year" },
  import: { zh: "匯入辦公日曆", en: "Import a calendar" },
  shipped: { zh: "隨程式提供", en: "Ships with the program" },
} as const

const COLUMNS: readonly Column<CalendarYearView>[] = [
  { head: { zh: "年度", en: "Year" }, isShort: true, cell: ({ year }) => <Year year={year} /> },
  { head: { zh: "版本", en: "Edition" }, isShort: true, cell: ({ version }) => version },
  { head: { zh: "放假日數", en: "Days of rest" }, isNumber: true, cell: ({ restDays }) => restDays.length },
  {
    head: { zh: "匯入", en: "Imported" },
    cell: ({ importedAt, importedBy }) =>
      importedAt === null ? (
        <Said text={TEXT.shipped} />
      ) : (
        <>
          <RocDateTime at={importedAt} /> {importedBy}
        </>
      ),
  },
]

const YEAR = { zh: "民國 {roc} 年（{year}）", en: "{year} (ROC {roc})" } as const

function Year({ year }: { readonly year: number }) {
  return useSay()(YEAR, { year, roc: year - 1911 })
}

/** Which days count as working days, and the way to a later edition. */
export function CalendarsPanel() {
  const say = useSay()
  const isAdministrator = useHolds("administrator")
  const calendars = useQuery({ queryKey: ["calendars"], queryFn: () => call(listCalendars) })
  const [isImporting, setImporting] = useState(false)
  return (
    <section aria-label={say(TEXT.title)}>
      <h2>{say(TEXT.title)}</h2>
      <p>{say(TEXT.how)}</p>
      <Refusals reasons={refusalsIn(calendars.error)} />
      {calendars.data !== undefined && (
        <DataTable
          caption={say(TEXT.caption)}
          columns={COLUMNS}
          rows={calendars.data}
          keyOf={(calendar) => calendar.year}
        />
      )}
      {isAdministrator && (
        <Button variant="default" mt="sm" onClick={() => setImporting(true)}>
          {say(TEXT.import)}
        </Button>
      )}
      {isImporting && calendars.data !== undefined && (
        <CalendarDialog inForce={calendars.data} onClose={() => setImporting(false)} />
      )}
    </section>
  )
}
