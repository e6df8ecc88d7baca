import { Alert, Button } from "@mantine/core"
import { Link } from "@tanstack/react-router"
import { useState } from "react"
import {
  applyImport,
  exportRoster,
  exportUnits,
  previewImport,
  type ImportChange,
  type ImportPreview,
} from "../../../modules/people/contract.ts"
import { addressOf } from "../../api/address.ts"
import { callWithBytes } from "../../api/call.ts"
import { useAct } from "../../api/use-act.ts"
import { useLanguage, useSay, type Text } from "../../text/language.tsx"
import { ROLE_NAMES } from "../../text/terms.ts"
import { FileField } from "../../ui/forms/file-field.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { Page } from "../../ui/page.tsx"
import { Refusals } from "../../ui/refusals.tsx"

const TEXT = {
  title: { zh: "匯入單位及人員", en: "Import units and people" },
  people: { zh: "人員與單位", en: "People and units" },
  how: {
    zh: "先匯出、修改後再匯入。匯入前逐項列出將為之變更，確認後一併為之；檔案未列之單位及人員不受影響。所列人員之現任職務未列於檔案者，即時終止。",
    en: "Export, change, import. Every change is listed before it is made, and all are made together. Who is not in the file is not touched; of those who are, posts held now and left out end at once.",
  },
  exportUnits: { zh: "匯出單位（ODS）", en: "Export units (ODS)" },
  exportRoster: { zh: "匯出人員（ODS）", en: "Export people (ODS)" },
  file: { zh: "CSV（UTF-8 或 Big5）或 ODS", en: "CSV (UTF-8 or Big5) or ODS" },
  wrong: {
    zh: "檔案有 {count} 處須更正，尚不能匯入",
    en: "{count} things to correct before it can be imported",
  },
  line: { zh: "第 {line} 列：", en: "Row {line}: " },
  changes: { zh: "將為之變更（{count} 項）", en: "Changes to be made ({count})" },
  unchanged: { zh: "另有 {count} 筆與現有資料相同。", en: "{count} more are as they stand." },
  nothing: { zh: "檔案與現有資料相同，無須匯入。", en: "The file says what stands already." },
  apply: { zh: "確認匯入 {count} 項", en: "Make these {count} changes" },
  done: { zh: "已匯入 {count} 項。", en: "{count} changes were made." },
  ends: { zh: "終止：{posts}", en: "Ends: {posts}" },
  begins: { zh: "新任：{posts}", en: "Begins: {posts}" },
  field: { zh: "{name}：{before} → {after}", en: "{name}: {before} → {after}" },
  newField: { zh: "{name}：{after}", en: "{name}: {after}" },
  none: { zh: "（無）", en: "(none)" },
} as const

const KINDS = {
  "create-unit": { zh: "新增單位", en: "New unit" },
  "update-unit": { zh: "變更單位", en: "Unit changes" },
  "create-person": { zh: "新增人員", en: "New person" },
  "update-person": { zh: "變更登載事項", en: "Person changes" },
  "change-posts": { zh: "變更職務", en: "Posts change" },
} as const satisfies Record<ImportChange["kind"], Text>

const COLUMNS: readonly Column<ImportChange>[] = [
  { head: { zh: "列", en: "Rows" }, isShort: true, cell: ({ lines }) => lines.join("、") },
  { head: { zh: "變更", en: "Change" }, isShort: true, cell: ({ kind }) => <Kind kind={kind} /> },
  { head: { zh: "單位或人員", en: "Unit or person" }, isShort: true, cell: ({ about }) => about },
  { head: { zh: "內容", en: "What" }, cell: (change) => <What change={change} /> },
]

function Kind({ kind }: Pick<ImportChange, "kind">) {
  return useSay()(KINDS[kind])
}

function isNew(kind: ImportChange["kind"]): boolean {
  return kind === "create-unit" || kind === "create-person"
}

/** Fields one by one, posts that end and begin. */
function What({ change: { kind, fields, ended, begun } }: { readonly change: ImportChange }) {
  const say = useSay()
  const named = (posts: ImportChange["ended"]) =>
    posts.map(({ unitName, role }) => `${unitName} ${say(ROLE_NAMES[role])}`).join("、")
  const lines = [
    ...fields.map(({ name, before, after }) =>
      isNew(kind)
        ? say(TEXT.newField, { name, after })
        : say(TEXT.field, { name, before: before ?? say(TEXT.none), after: after || say(TEXT.none) }),
    ),
    ...(ended.length === 0 ? [] : [say(TEXT.ends, { posts: named(ended) })]),
    ...(begun.length === 0 ? [] : [say(TEXT.begins, { posts: named(begun) })]),
  ]
  return lines.map((line) => (
    <span key={line} className="reason">
      {line}
      <br />
    </span>
  ))
}

/** A file, what it would change, and one button that does exactly that. */
export function ImportPage() {
  const say = useSay()
  const [file, setFile] = useState<File | null>(null)
  const [shown, show] = useState<ImportPreview | null>(null)
  const [made, setMade] = useState<number | null>(null)
  const preview = useAct((chosen: File) => callWithBytes(previewImport, chosen, {}), show)
  const apply = useAct(
    ({ digest }: ImportPreview) =>
      callWithBytes(applyImport, file ?? new Blob(), { query: { digest } }).catch((refused: unknown) => {
        // Refused because something changed: the changes are shown as they would be now.
        if (file !== null) preview.act(file)
        throw refused
      }),
    ({ changes }) => {
      setMade(changes)
      show(null)
    },
  )
  const choose = (chosen: File | null) => {
    setFile(chosen)
    show(null)
    setMade(null)
    apply.reset()
    if (chosen !== null) preview.act(chosen)
  }
  return (
    <Page title={say(TEXT.title)}>
      <p>
        <Link to="/people">{say(TEXT.people)}</Link>
      </p>
      <p>{say(TEXT.how)}</p>
      <Exports />
      <FileField label={say(TEXT.file)} accept=".csv,.ods" value={file} onChange={choose} />
      <Refusals reasons={[...preview.refusals, ...apply.refusals]} />
      {made !== null && <p role="status">{say(TEXT.done, { count: made })}</p>}
      {shown !== null && (
        <Preview
          shown={shown}
          isPending={apply.isPending || preview.isPending}
          onApply={() => apply.act(shown)}
        />
      )}
    </Page>
  )
}

function Exports() {
  const say = useSay()
  return (
    <p className="list-bar">
      <Button
        component="a"
        variant="default"
        href={addressOf(exportUnits, { query: { as: "ods" } })}
        download
      >
        {say(TEXT.exportUnits)}
      </Button>
      <Button
        component="a"
        variant="default"
        href={addressOf(exportRoster, { query: { as: "ods" } })}
        download
      >
        {say(TEXT.exportRoster)}
      </Button>
    </p>
  )
}

interface PreviewProps {
  readonly shown: ImportPreview
  readonly isPending: boolean
  readonly onApply: () => void
}

function Preview({ shown, isPending, onApply }: PreviewProps) {
  const say = useSay()
  const { errors, changes, unchanged } = shown
  const rows = changes.map((change, index) => ({ ...change, index }))
  return (
    <section data-duty="2-1">
      <Errors errors={errors} />
      {errors.length + changes.length === 0 && <p role="status">{say(TEXT.nothing)}</p>}
      {changes.length > 0 && (
        <DataTable
          caption={say(TEXT.changes, { count: changes.length })}
          columns={COLUMNS}
          rows={rows}
          keyOf={({ index }) => index}
        />
      )}
      {unchanged > 0 && <p>{say(TEXT.unchanged, { count: unchanged })}</p>}
      {errors.length === 0 && changes.length > 0 && (
        <Button mt="md" onClick={onApply} loading={isPending}>
          {say(TEXT.apply, { count: changes.length })}
        </Button>
      )}
    </section>
  )
}

function Errors({ errors }: Pick<ImportPreview, "errors">) {
  const { say, language } = useLanguage()
  if (errors.length === 0) return null
  return (
    <Alert color="red" title={say(TEXT.wrong, { count: errors.length })} role="alert">
      <ul className="refused-acts">
        {errors.map((error) => (
          <li key={`${error.line} ${error[language]}`}>
            {error.line !== null && say(TEXT.line, { line: error.line })}
            {error[language]}
          </li>
        ))}
      </ul>
    </Alert>
  )
}
