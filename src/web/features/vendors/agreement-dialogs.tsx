import { Checkbox } from "@mantine/core"
import {
  recordAgreement,
  recordCheck,
  recordExtension,
  recordStatement,
  type ContractView,
} from "../../../modules/vendors/contract.ts"
import { call } from "../../api/call.ts"
import { useSay } from "../../text/language.tsx"
import { ROLE_NAMES } from "../../text/terms.ts"
import { RocDateField } from "../../ui/dates/fields.tsx"
import { today } from "../../ui/dates/typed.ts"
import { LongTextField, SelectField } from "../../ui/forms/fields.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { LegalLabel } from "../../ui/forms/legal-label.tsx"
import { useForm } from "../../ui/forms/use-form.ts"
import type { AgreementDialogProps, Closable } from "./dialog-props.ts"
import { blankPaper, PaperFields, paperIn } from "./paper-fields.tsx"
import { commandName, lastDay, RESULTS, STATEMENTS } from "./words.ts"

const TEXT = {
  record: { zh: "登錄保密措施", en: "Record the agreement" },
  scope: { zh: "範圍（得擔任之職務）", en: "Scope (posts they may hold)" },
  from: { zh: "起日", en: "First day" },
  to: { zh: "迄日", en: "Last day" },
  agreementScan: { zh: "簽訂之保密措施掃描檔", en: "Scan of the signed agreement" },
  extensionScan: { zh: "展延文件掃描檔", en: "Scan of the extension" },
  statementScan: { zh: "切結書掃描檔", en: "Scan of the statement" },
  checkedOn: { zh: "查核日期", en: "Checked on" },
  result: { zh: "查核結果", en: "Result" },
  remarks: { zh: "查核情形", en: "Remarks" },
  kind: { zh: "資料之處置", en: "What became of the data" },
  save: { zh: "儲存", en: "Save" },
} as const

export function RecordAgreementDialog({ contract, onClose }: Closable & { readonly contract: ContractView }) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: `agreement.${contract.id}`,
    initial: {
      ...blankPaper(),
      from: contract.from > today() ? contract.from : today(),
      ...{ to: contract.to, roles: contract.roles },
    },
    send: (value) => {
      const { roles, from, to } = value
      return call(recordAgreement, {
        body: { contract: contract.id, roles, from, to, paper: paperIn(value) },
      })
    },
    onClose,
  })
  return (
    <FormDialog title={say(TEXT.record)} opened {...form} submit={say(TEXT.save)}>
      <Checkbox.Group
        label={<LegalLabel text={say(TEXT.scope)} duty="5-8a" />}
        value={[...value.roles]}
        onChange={(chosen) => change({ roles: contract.roles.filter((role) => chosen.includes(role)) })}
      >
        {contract.roles.map((role) => (
          <Checkbox key={role} value={role} label={say(ROLE_NAMES[role])} mt={4} />
        ))}
      </Checkbox.Group>
      <RocDateField label={say(TEXT.from)} value={value.from} onChange={(from) => change({ from })} />
      <RocDateField label={say(TEXT.to)} value={value.to} onChange={(to) => change({ to })} />
      <PaperFields label={TEXT.agreementScan} value={value} onChange={change} />
    </FormDialog>
  )
}

export function ExtensionDialog({ agreement, onClose }: AgreementDialogProps) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: `record-extension.${agreement.id}`,
    initial: { ...blankPaper(), to: lastDay(agreement.until) },
    send: (value) =>
      call(recordExtension, {
        params: { id: agreement.id },
        body: { to: value.to, paper: paperIn(value) },
      }),
    onClose,
  })
  return (
    <FormDialog title={say(commandName("record-extension"))} opened {...form} submit={say(TEXT.save)}>
      <RocDateField label={say(TEXT.to)} value={value.to} onChange={(to) => change({ to })} />
      <PaperFields label={TEXT.extensionScan} value={value} onChange={change} />
    </FormDialog>
  )
}

export function CheckDialog({ agreement, onClose }: AgreementDialogProps) {
  const say = useSay()
  const { value, change, form } = useForm<{
    checkedOn: string
    result: keyof typeof RESULTS
    remarks: string
  }>({
    draft: `record-check.${agreement.id}`,
    initial: { checkedOn: today(), result: "conforms", remarks: "" },
    send: (body) => call(recordCheck, { params: { id: agreement.id }, body }),
    onClose,
  })
  return (
    <FormDialog title={say(commandName("record-check"))} opened {...form} submit={say(TEXT.save)}>
      <RocDateField
        label={say(TEXT.checkedOn)}
        value={value.checkedOn}
        onChange={(checkedOn) => change({ checkedOn })}
      />
      <SelectField
        label={say(TEXT.result)}
        options={(["conforms", "deficient"] as const).map((one) => ({
          value: one,
          label: say(RESULTS[one]),
        }))}
        value={value.result}
        onChange={(result) => change({ result })}
      />
      <LongTextField
        label={say(TEXT.remarks)}
        value={value.remarks}
        onChange={(remarks) => change({ remarks })}
      />
    </FormDialog>
  )
}

export function StatementDialog({ agreement, onClose }: AgreementDialogProps) {
  const say = useSay()
  const { value, change, form } = useForm<{ kind: keyof typeof STATEMENTS } & ReturnType<typeof blankPaper>>({
    draft: `record-statement.${agreement.id}`,
    initial: { ...blankPaper(), kind: "returned" },
    send: (value) =>
      call(recordStatement, {
        params: { id: agreement.id },
        body: { kind: value.kind, paper: paperIn(value) },
      }),
    onClose,
  })
  return (
    <FormDialog title={say(commandName("record-statement"))} opened {...form} submit={say(TEXT.save)}>
      <SelectField
        label={say(TEXT.kind)}
        duty="5-8a"
        options={(["returned", "deleted"] as const).map((one) => ({
          value: one,
          label: say(STATEMENTS[one]),
        }))}
        value={value.kind}
        onChange={(kind) => change({ kind })}
      />
      <PaperFields label={TEXT.statementScan} value={value} onChange={change} />
    </FormDialog>
  )
}
