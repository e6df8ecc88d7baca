import type { SettingsView } from "../../../contract/settings.ts"
import { cite, citeDuty, isDuty } from "../../text/citation.ts"
import { Said, useLanguage, useSay, type Say } from "../../text/language.tsx"
import { ROLE_NAMES } from "../../text/terms.ts"
import { RocDate } from "../../ui/dates/roc-date.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { peopleParameters, type Parameter } from "./people-parameters.ts"
import { ANCHORS, BASES, PARAMETERS, RECORDS, STAMP_ORDERS, STEPS } from "./words.ts"

const TEXT = {
  pack: { zh: "政策參數", en: "Policy parameters" },
  name: { zh: "名稱及版本", en: "Name and version" },
  from: { zh: "施行日", en: "In force from" },
  basis: { zh: "法規依據", en: "Legal basis" },
  parameters: { zh: "參數", en: "Parameters" },
  register: { zh: "登記簿欄位", en: "Columns of the register" },
  retention: { zh: "保存年限", en: "Terms of keeping" },
  source: { zh: "依據", en: "Source" },
  value: { zh: "內容", en: "Value" },
  afterDays: {
    zh: "登錄日晚於事實發生日逾 {days} 日",
    en: "Entered more than {days} days after it happened",
  },
  days: { zh: "期限前 {days} 日（0 為當日）", en: "{days} days before (0 is the day itself)" },
  bytes: { zh: "{bytes} 位元組", en: "{bytes} bytes" },
  years: { zh: "{years} 年", en: "{years} years" },
  needed: { zh: "須經核准", en: "Must approve" },
  gate: { zh: "檔案主管機關核准", en: "Archive authority" },
  yes: { zh: "須", en: "Yes" },
  no: { zh: "不須", en: "No" },
} as const

type Pack = SettingsView["pack"]

/** The policy pack in force: every parameter with what demands it. */
export function PackPanel({ pack }: { readonly pack: Pack }) {
  const say = useSay()
  return (
    <section aria-label={say(TEXT.pack)}>
      <h2>{say(TEXT.pack)}</h2>
      <dl className="facts">
        <dt>{say(TEXT.name)}</dt>
        <dd>
          {pack.name}（{pack.version}）
        </dd>
        <dt>{say(TEXT.from)}</dt>
        <dd>
          <RocDate date={pack.effectiveFrom} />
        </dd>
        <dt>{say(TEXT.basis)}</dt>
        <dd>
          {pack.legalBasis.map((basis) => (
            <div key={basis}>{basis}</div>
          ))}
        </dd>
      </dl>
      <DataTable
        caption={say(TEXT.parameters)}
        columns={PARAMETER_COLUMNS}
        rows={[...parametersOf(pack, say), ...peopleParameters(pack, say)]}
        keyOf={(row) => row.name.zh}
      />
      <DataTable
        caption={say(TEXT.register)}
        columns={REGISTER_COLUMNS}
        rows={pack.register.columns}
        keyOf={(column) => column.key}
      />
      <DataTable
        caption={say(TEXT.retention)}
        columns={RETENTION_COLUMNS}
        rows={pack.retention}
        keyOf={(term) => term.record}
      />
    </section>
  )
}

function parametersOf(
  { release, comparison, reminders, lateEntry, checkpoint, transfer, modes }: Pack,
  say: Say,
): Parameter[] {
  const roles = (held: readonly (keyof typeof ROLE_NAMES)[]) =>
    held.map((role) => say(ROLE_NAMES[role])).join("、")
  const days = { days: reminders.daysBefore.value.join("、") }
  const bytes = (value: number) => say(TEXT.bytes, { bytes: value.toLocaleString("en-US") })
  const values: Record<keyof typeof PARAMETERS, { readonly value: string; readonly source: string }> = {
    modes: { value: modes.map((mode) => mode.zh).join("、"), source: modes[0]?.source ?? "" },
    stampOrder: { value: say(STAMP_ORDERS[release.stampOrder.value]), source: release.stampOrder.source },
    approverRoles: { value: roles(release.approverRoles.value), source: release.approverRoles.source },
    basis: { value: say(BASES[comparison.basis.value]), source: comparison.basis.source },
    daysBefore: { value: say(TEXT.days, days), source: reminders.daysBefore.source },
    escalateTo: { value: roles([reminders.escalateTo.value]), source: reminders.escalateTo.source },
    afterDays: {
      value: say(TEXT.afterDays, { days: lateEntry.afterDays.value }),
      source: lateEntry.afterDays.source,
    },
    holders: { value: roles(checkpoint.holders.value), source: checkpoint.holders.source },
    maxFileBytes: { value: bytes(transfer.maxFileBytes.value), source: transfer.maxFileBytes.source },
    maxUnpackedBytes: {
      value: bytes(transfer.maxUnpackedBytes.value),
      source: transfer.maxUnpackedBytes.source,
    },
    maxArchiveEntries: {
      value: transfer.maxArchiveEntries.value.toLocaleString("en-US"),
      source: transfer.maxArchiveEntries.source,
    },
    maxArchiveRatio: {
      value: String(transfer.maxArchiveRatio.value),
      source: transfer.maxArchiveRatio.source,
    },
  }
  const names = Object.keys(values) as (keyof typeof PARAMETERS)[]
  return names.map((name) => ({ name: PARAMETERS[name], ...values[name] }))
}

/** The point and item, 機關內部控制, or the statute. */
function Source({ source }: { readonly source: string }) {
  const { language } = useLanguage()
  if (isDuty(source)) return citeDuty(source, language)
  return cite(source === "internal" ? "機關內部控制" : source, language)
}

function Years({ years }: { readonly years: number }) {
  return useSay()(TEXT.years, { years })
}

const sourceColumn = {
  head: TEXT.source,
  isShort: true,
  cell: (row: { readonly source: string }) => <Source {...row} />,
}

const PARAMETER_COLUMNS: readonly Column<Parameter>[] = [
  { head: { zh: "參數", en: "Parameter" }, cell: (row) => <Said text={row.name} /> },
  { head: TEXT.value, cell: (row) => row.value },
  sourceColumn,
]

const REGISTER_COLUMNS: readonly Column<Pack["register"]["columns"][number]>[] = [
  { head: { zh: "欄位", en: "Column" }, cell: (column) => column.zh },
  { head: { zh: "填載人", en: "Filled by" }, cell: (column) => <Said text={ROLE_NAMES[column.filler]} /> },
  {
    head: { zh: "至遲", en: "At the latest" },
    cell: (column) => <Said text={STEPS[column.requiredBefore]} />,
  },
  sourceColumn,
]

const RETENTION_COLUMNS: readonly Column<Pack["retention"][number]>[] = [
  { head: { zh: "紀錄", en: "Record" }, cell: (term) => <Said text={RECORDS[term.record]} /> },
  { head: { zh: "年限", en: "Term" }, isShort: true, cell: (term) => <Years years={term.years} /> },
  { head: { zh: "起算", en: "From" }, cell: (term) => <Said text={ANCHORS[term.anchor]} /> },
  { head: TEXT.needed, cell: (term) => <Said text={ROLE_NAMES[term.approvedBy]} /> },
  { head: TEXT.gate, isShort: true, cell: (term) => <Said text={term.archiveGate ? TEXT.yes : TEXT.no} /> },
  sourceColumn,
]
