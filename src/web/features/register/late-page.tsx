import { useQuery } from "@tanstack/react-query"
import { Link, useNavigate } from "@tanstack/react-router"
import { listLateEntries, type LateEntryView } from "../../../modules/deliveries/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateTime } from "../../ui/dates/roc-date.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { Pager } from "../../ui/lists/pager.tsx"
import { useListSearch } from "../../ui/lists/use-list-search.ts"
import { Page } from "../../ui/page.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { Empty } from "../../ui/status.tsx"

const TEXT = {
  title: { zh: "補登清單", en: "Late entries" },
  rule: {
    zh: "登錄日晚於事實發生日逾 {days} 日者列入（政策參數，機關內部控制）；以臺北時間之日計。",
    en: "Entered more than {days} days after it happened (policy parameter, internal control); days in Taipei.",
  },
  caption: { zh: "最近登錄者在前", en: "Newest entry first" },
  empty: { zh: "沒有補登。", en: "No late entries." },
} as const

const COLUMNS: readonly Column<LateEntryView>[] = [
  {
    head: { zh: "資料檔案", en: "Delivery" },
    isShort: true,
    cell: ({ delivery, deliveryNumber }) => (
      <Link to="/deliveries/$id" params={{ id: delivery }}>
        {deliveryNumber}
      </Link>
    ),
  },
  {
    head: { zh: "登記編號", en: "Register" },
    isShort: true,
    cell: ({ registerNumber }) => registerNumber ?? "—",
  },
  { head: { zh: "單位", en: "Unit" }, cell: ({ unitName }) => unitName },
  { head: { zh: "事項", en: "What" }, cell: ({ what }) => what },
  {
    head: { zh: "事實發生時間", en: "Happened" },
    isShort: true,
    cell: ({ happenedAt }) => <RocDateTime at={happenedAt} />,
  },
  {
    head: { zh: "登錄時間", en: "Recorded" },
    isShort: true,
    cell: ({ recordedAt }) => <RocDateTime at={recordedAt} />,
  },
  { head: { zh: "遲延日數", en: "Days late" }, isNumber: true, cell: ({ daysLate }) => daysLate },
  { head: { zh: "登錄人", en: "By" }, isShort: true, cell: ({ recordedBy }) => recordedBy ?? "" },
]

/** 補登: every hand-typed fact that was entered later than the pack allows, wherever in the flow. */
export function LatePage() {
  const say = useSay()
  const navigate = useNavigate()
  const { page = 1 } = useListSearch()
  const late = useQuery({
    queryKey: ["late-entries", page],
    queryFn: () => call(listLateEntries, { query: { page } }),
  })
  return (
    <Page title={say(TEXT.title)}>
      <Refusals reasons={refusalsIn(late.error)} />
      {late.data !== undefined && <p>{say(TEXT.rule, { days: late.data.afterDays })}</p>}
      {late.data?.total === 0 && <Empty text={say(TEXT.empty)} />}
      {late.data !== undefined && late.data.total > 0 && (
        <>
          <DataTable
            caption={say(TEXT.caption)}
            columns={COLUMNS}
            rows={late.data.items}
            keyOf={({ delivery, what, recordedAt }) => `${delivery} ${what} ${recordedAt}`}
          />
          <Pager
            total={late.data.total}
            page={page}
            size={late.data.size}
            onPage={(next) => void navigate({ to: "/register/late", search: { page: next } })}
          />
        </>
      )}
    </Page>
  )
}
