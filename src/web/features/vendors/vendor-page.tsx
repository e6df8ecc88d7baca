import { Button, Loader } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { Link, useParams } from "@tanstack/react-router"
import { useState } from "react"
import {
  printPledge,
  readVendor,
  type ContractView,
  type VendorDetail,
} from "../../../modules/vendors/contract.ts"
import { addressOf } from "../../api/address.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useSay } from "../../text/language.tsx"
import { RocDate } from "../../ui/dates/roc-date.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { Page } from "../../ui/page.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { Empty, StatusBadge } from "../../ui/status.tsx"
import { RecordAgreementDialog } from "./agreement-dialogs.tsx"
import { ContractDialog, ProlongDialog, VendorPersonDialog } from "./vendor-dialogs.tsx"
import { STATES } from "./words.ts"

const TEXT = {
  taxId: { zh: "統一編號", en: "Tax id" },
  contact: { zh: "聯絡人", en: "Contact" },
  addPerson: { zh: "新增廠商人員", en: "Add a person" },
  addContract: { zh: "登錄委外契約", en: "Record a contract" },
  people: { zh: "廠商人員", en: "The vendor's people" },
  noPeople: {
    zh: "尚無廠商人員，由系統管理者新增。",
    en: "Nobody yet. An administrator adds the vendor's people.",
  },
  noContracts: {
    zh: "貴單位尚無與本廠商之契約。",
    en: "Your unit has no contract with this vendor.",
  },
  contract: { zh: "契約 {number}　{subject}", en: "Contract {number}: {subject}" },
  unit: { zh: "使用單位", en: "Using unit" },
  period: { zh: "契約期間", en: "Period" },
  main: { zh: "複委託自", en: "Sub-contracted from" },
  pledge: { zh: "列印保密切結書（廠商用）", en: "Print the vendor's pledge" },
  record: { zh: "登錄保密措施", en: "Record the agreement" },
  prolong: { zh: "契約展期", en: "Prolong" },
  agreements: { zh: "保密措施", en: "Agreements" },
  noAgreement: {
    zh: "尚未簽訂保密措施，廠商人員不得使用。",
    en: "No agreement yet, so nobody of the vendor works.",
  },
  owes: { zh: "應登錄返還或刪除切結", en: "Statement owed" },
} as const

type AgreementLine = ContractView["agreements"][number]

const AGREEMENT_COLUMNS: readonly Column<AgreementLine>[] = [
  {
    head: { zh: "文號", en: "Number" },
    cell: ({ id, documentNumber }) => (
      <Link to="/vendors/agreements/$id" params={{ id }}>
        {documentNumber}
      </Link>
    ),
  },
  { head: { zh: "起日", en: "From" }, isShort: true, cell: ({ from }) => <RocDate date={from} /> },
  { head: { zh: "迄日", en: "To" }, isShort: true, cell: ({ to }) => <RocDate date={to} /> },
  { head: { zh: "人數", en: "People" }, isNumber: true, cell: ({ people }) => people },
  { head: { zh: "狀態", en: "State" }, isShort: true, cell: (line) => <LineState line={line} /> },
]

function LineState({ line }: { readonly line: AgreementLine }) {
  const say = useSay()
  const { status, name } = STATES[line.state]
  return line.owesStatement ? (
    <StatusBadge status="late" word={say(TEXT.owes)} />
  ) : (
    <StatusBadge status={status} word={say(name)} />
  )
}

const PEOPLE_COLUMNS: readonly Column<VendorDetail["persons"][number]>[] = [
  { head: { zh: "姓名", en: "Name" }, cell: ({ name }) => name },
  { head: { zh: "職稱", en: "Title" }, cell: ({ title }) => title },
  { head: { zh: "電子郵件", en: "E-mail" }, cell: ({ email }) => email },
]

export function VendorPage() {
  const { id } = useParams({ from: "/signed-in/vendors/$id" })
  const vendor = useQuery({ queryKey: ["vendor", id], queryFn: () => call(readVendor, { params: { id } }) })
  if (vendor.data === undefined)
    return vendor.isPending ? <Loader aria-label="…" /> : <Refusals reasons={refusalsIn(vendor.error)} />
  return <Detail vendor={vendor.data} />
}

function Detail({ vendor }: { readonly vendor: VendorDetail }) {
  const say = useSay()
  const [dialog, setDialog] = useState<"person" | "contract" | null>(null)
  const { contact, persons, contracts } = vendor
  const actions = (
    <>
      {vendor.mayAddPeople && (
        <Button variant="default" onClick={() => setDialog("person")}>
          {say(TEXT.addPerson)}
        </Button>
      )}
      {vendor.units.length > 0 && (
        <Button onClick={() => setDialog("contract")}>{say(TEXT.addContract)}</Button>
      )}
    </>
  )
  return (
    <Page title={vendor.name} actions={actions}>
      <dl className="facts">
        <dt>{say(TEXT.taxId)}</dt>
        <dd>
          <span className="mono">{vendor.taxId}</span>
        </dd>
        <dt>{say(TEXT.contact)}</dt>
        <dd>
          {contact.name} {contact.phone} {contact.email}
        </dd>
      </dl>
      {contracts.length === 0 && <Empty text={say(TEXT.noContracts)} />}
      {contracts.map((contract) => (
        <ContractSection key={contract.id} contract={contract} />
      ))}
      <h2>{say(TEXT.people)}</h2>
      {persons.length === 0 ? (
        <Empty text={say(TEXT.noPeople)} />
      ) : (
        <DataTable
          caption={say(TEXT.people)}
          isCaptionHidden
          columns={PEOPLE_COLUMNS}
          rows={persons}
          keyOf={(person) => person.id}
        />
      )}
      {dialog === "person" && <VendorPersonDialog vendor={vendor} onClose={() => setDialog(null)} />}
      {dialog === "contract" && <ContractDialog vendor={vendor} onClose={() => setDialog(null)} />}
    </Page>
  )
}

function ContractSection({ contract }: { readonly contract: ContractView }) {
  const say = useSay()
  const [dialog, setDialog] = useState<"agreement" | "prolong" | null>(null)
  const title = say(TEXT.contract, { number: contract.number, subject: contract.subject })
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ContractFacts contract={contract} />
      <div className="list-bar">
        {contract.mayRecordAgreement && (
          <Button onClick={() => setDialog("agreement")}>{say(TEXT.record)}</Button>
        )}
        {contract.mayProlong && (
          <Button variant="default" onClick={() => setDialog("prolong")}>
            {say(TEXT.prolong)}
          </Button>
        )}
        <a href={addressOf(printPledge, { params: { id: contract.id } })} target="_blank" rel="noreferrer">
          {say(TEXT.pledge)}
        </a>
      </div>
      {contract.agreements.length === 0 ? (
        <Empty text={say(TEXT.noAgreement)} />
      ) : (
        <DataTable
          caption={say(TEXT.agreements)}
          columns={AGREEMENT_COLUMNS}
          rows={contract.agreements}
          keyOf={(line) => line.id}
        />
      )}
      {dialog === "agreement" && (
        <RecordAgreementDialog contract={contract} onClose={() => setDialog(null)} />
      )}
      {dialog === "prolong" && <ProlongDialog contract={contract} onClose={() => setDialog(null)} />}
    </section>
  )
}

function ContractFacts({ contract }: { readonly contract: ContractView }) {
  const say = useSay()
  return (
    <dl className="facts">
      <dt>{say(TEXT.unit)}</dt>
      <dd>{contract.unitName}</dd>
      <dt>{say(TEXT.period)}</dt>
      <dd>
        <RocDate date={contract.from} />－<RocDate date={contract.to} />
      </dd>
      {contract.main !== null && (
        <>
          <dt>{say(TEXT.main)}</dt>
          <dd>
            {contract.main.vendorName} {contract.main.number}
          </dd>
        </>
      )}
    </dl>
  )
}
