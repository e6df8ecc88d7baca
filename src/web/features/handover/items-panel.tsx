import { Button } from "@mantine/core"
import { Link } from "@tanstack/react-router"
import { useState } from "react"
import {
  acceptItem,
  ITEM_KINDS,
  printInventory,
  refuseItem,
  type ChangeDetail,
} from "../../../modules/handover/contract.ts"
import { addressOf } from "../../api/address.ts"
import { call } from "../../api/call.ts"
import { useAct } from "../../api/use-act.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateTime } from "../../ui/dates/roc-date.tsx"
import { LongTextField } from "../../ui/forms/fields.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { useForm } from "../../ui/forms/use-form.ts"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { Empty, StatusBadge } from "../../ui/status.tsx"

const TEXT = {
  title: { zh: "移交清冊", en: "Inventory" },
  print: { zh: "列印移交清冊", en: "Print the inventory" },
  later: { zh: "於生效日零時，就異動人員經手事項列冊。", en: "Listed when the change takes effect." },
  empty: { zh: "無應移交事項。", en: "Nothing to hand over." },
  accept: { zh: "點收", en: "Accept" },
  refuse: { zh: "拒絕點收", en: "Refuse" },
  reason: { zh: "理由", en: "Reason" },
  open: { zh: "待點收", en: "To be accepted" },
  accepted: { zh: "已點收", en: "Accepted" },
  refused: { zh: "未點收，由單位主管處理", en: "Refused; with the head of the unit" },
} as const

type Item = ChangeDetail["items"][number]
const STATUS = { open: "todo", accepted: "done", refused: "late" } as const

/** 列冊移交, item by item. */
export function ItemsPanel({ detail }: { readonly detail: ChangeDetail }) {
  const say = useSay()
  const [refusing, setRefusing] = useState<Item | null>(null)
  const { act, isPending, refusals } = useAct((item: Item) =>
    call(acceptItem, { params: { id: detail.id, item: item.id }, body: {} }),
  )
  const acts: Column<Item> = {
    head: TEXT.accept,
    cell: (item) => (
      <>
        {item.mayAccept && (
          <Button size="compact-sm" disabled={isPending} onClick={() => act(item)}>
            {say(TEXT.accept)}
          </Button>
        )}{" "}
        {item.mayRefuse && (
          <Button variant="default" size="compact-sm" onClick={() => setRefusing(item)}>
            {say(TEXT.refuse)}
          </Button>
        )}
      </>
    ),
  }
  const isTheirs = detail.items.some(({ mayAccept }) => mayAccept)
  return (
    <section aria-label={say(TEXT.title)} data-duty="5-4b">
      <h2>{say(TEXT.title)}</h2>
      {detail.state === "ordered" && <p>{say(TEXT.later)}</p>}
      {detail.state !== "ordered" && detail.items.length === 0 && <Empty text={say(TEXT.empty)} />}
      {detail.items.length > 0 && (
        <>
          <a href={addressOf(printInventory, { params: { id: detail.id } })} target="_blank" rel="noreferrer">
            {say(TEXT.print)}
          </a>
          <DataTable
            caption={say(TEXT.title)}
            isCaptionHidden
            columns={isTheirs ? [...COLUMNS, acts] : COLUMNS}
            rows={detail.items}
            keyOf={({ id }) => id}
          />
        </>
      )}
      <Refusals reasons={refusals} />
      {refusing !== null && (
        <RefuseDialog change={detail.id} item={refusing} onClose={() => setRefusing(null)} />
      )}
    </section>
  )
}

const COLUMNS: readonly Column<Item>[] = [
  { head: { zh: "項次", en: "No." }, isNumber: true, cell: ({ serial }) => serial },
  { head: { zh: "類別", en: "Kind" }, isShort: true, cell: ({ kind }) => ITEM_KINDS[kind] ?? kind },
  {
    head: { zh: "移交事項", en: "What" },
    cell: ({ link, label }) => (link === null ? label : <Link to={link}>{label}</Link>),
  },
  { head: { zh: "點收情形", en: "State" }, cell: (item) => <Outcome item={item} /> },
  { head: { zh: "點收人", en: "By" }, isShort: true, cell: ({ decidedBy }) => decidedBy },
  {
    head: { zh: "時間", en: "When" },
    isShort: true,
    cell: ({ decidedAt }) => decidedAt !== null && <RocDateTime at={decidedAt} />,
  },
]

function Outcome({ item }: { readonly item: Item }) {
  const say = useSay()
  return (
    <>
      <StatusBadge status={STATUS[item.state]} word={say(TEXT[item.state])} /> {item.reason}
    </>
  )
}

interface RefuseProps {
  readonly change: string
  readonly item: Item
  readonly onClose: () => void
}

function RefuseDialog({ change: id, item, onClose }: RefuseProps) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: `refuse.${item.id}`,
    initial: { reason: "" },
    send: (body) => call(refuseItem, { params: { id, item: item.id }, body }),
    onClose,
  })
  return (
    <FormDialog title={`${say(TEXT.refuse)}：${item.label}`} opened {...form} submit={say(TEXT.refuse)}>
      <LongTextField
        label={say(TEXT.reason)}
        value={value.reason}
        onChange={(reason) => change({ reason })}
        required
      />
    </FormDialog>
  )
}
