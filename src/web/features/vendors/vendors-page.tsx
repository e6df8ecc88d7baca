import { Button } from "@mantine/core"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { Link, useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { listVendors, type VendorView } from "../../../modules/vendors/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useSay } from "../../text/language.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { Pager } from "../../ui/lists/pager.tsx"
import { useListSearch } from "../../ui/lists/use-list-search.ts"
import { Page } from "../../ui/page.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { Empty } from "../../ui/status.tsx"
import { RegisterVendorDialog } from "./vendor-dialogs.tsx"

const TEXT = {
  title: { zh: "委外廠商", en: "Vendors" },
  register: { zh: "登錄委外廠商", en: "Register a vendor" },
  empty: {
    zh: "尚無委外廠商。有委外協助辦理者，請按「登錄委外廠商」，再登錄契約及保密措施。",
    en: "No vendors yet. Register one, then record its contract and the confidentiality agreement.",
  },
} as const

const COLUMNS: readonly Column<VendorView>[] = [
  {
    head: { zh: "廠商", en: "Vendor" },
    cell: ({ id, name }) => (
      <Link to="/vendors/$id" params={{ id }}>
        {name}
      </Link>
    ),
  },
  {
    head: { zh: "統一編號", en: "Tax id" },
    isShort: true,
    cell: ({ taxId }) => <span className="mono">{taxId}</span>,
  },
  {
    head: { zh: "聯絡人", en: "Contact" },
    cell: ({ contact }) => `${contact.name} ${contact.phone} ${contact.email}`,
  },
  { head: { zh: "人員數", en: "People" }, isNumber: true, cell: ({ people }) => people },
  {
    head: { zh: "生效中之保密措施", en: "Agreements in force" },
    isNumber: true,
    cell: (item) => item.inForce,
  },
]

export function VendorsPage() {
  const say = useSay()
  const navigate = useNavigate()
  const { page = 1 } = useListSearch()
  const [isRegistering, setRegistering] = useState(false)
  const vendors = useQuery({
    queryKey: ["vendors", page],
    queryFn: () => call(listVendors, { query: { page } }),
    placeholderData: keepPreviousData,
  })
  const { items = [], total = 0, size = 20, mayRegister = false } = vendors.data ?? {}
  const open = (page: number) => void navigate({ to: "/vendors", search: { page } })
  return (
    <Page
      title={say(TEXT.title)}
      actions={mayRegister && <Button onClick={() => setRegistering(true)}>{say(TEXT.register)}</Button>}
    >
      <Refusals reasons={refusalsIn(vendors.error)} />
      {vendors.data !== undefined && total === 0 && <Empty text={say(TEXT.empty)} />}
      {total > 0 && (
        <>
          <DataTable
            caption={say(TEXT.title)}
            isCaptionHidden
            columns={COLUMNS}
            rows={items}
            keyOf={(item) => item.id}
          />
          <Pager total={total} page={page} size={size} onPage={open} />
        </>
      )}
      {isRegistering && <RegisterVendorDialog onClose={() => setRegistering(false)} />}
    </Page>
  )
}
