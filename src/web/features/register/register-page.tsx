import { Button, Checkbox, Group, NativeSelect } from "@mantine/core"
import { skipToken, useQuery } from "@tanstack/react-query"
import { Link, useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import type { ReplyOf } from "../../../contract/endpoint.ts"
import { printRegister, readRegister, readRegisterBooks } from "../../../modules/deliveries/contract.ts"
import { addressOf } from "../../api/address.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useSay } from "../../text/language.tsx"
import { Page } from "../../ui/page.tsx"
import { Pager } from "../../ui/lists/pager.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { useListSearch } from "../../ui/lists/use-list-search.ts"
import { Empty } from "../../ui/status.tsx"
import { RegisterTable } from "./register-table.tsx"
import { VersionsDialog } from "./versions-dialog.tsx"

const TEXT = {
  title: { zh: "登記簿", en: "Register" },
  book: { zh: "單位及年度", en: "Unit and year" },
  option: { zh: "{unit} {year}年度（{rows} 筆）", en: "{unit}, ROC year {year} ({rows})" },
  late: { zh: "僅列補登", en: "Late entries only" },
  lateList: { zh: "補登清單", en: "List of late entries" },
  empty: {
    zh: "尚無登記。資料檔案下載後，由業務單位承辦人於資料檔案頁填具登記表，即列於此。",
    en: "No entries yet. After a download the handler fills the register on the delivery's page.",
  },
} as const

export function RegisterPage() {
  const say = useSay()
  const navigate = useNavigate()
  const { unit, year, page = 1, late = false } = useListSearch()
  const books = useQuery({ queryKey: ["books"], queryFn: () => call(readRegisterBooks) })
  const book = books.data?.find((known) => known.unit === unit && known.year === year) ?? books.data?.[0]
  const rows = useQuery({
    queryKey: ["register", book?.unit, book?.year, page, late],
    queryFn:
      book === undefined
        ? skipToken
        : () =>
            call(readRegister, {
              query: { unit: book.unit, year: book.year, page, late: late ? true : undefined },
            }),
  })
  const [versionsOf, setVersionsOf] = useState<string | null>(null)
  const open = (search: object) =>
    void navigate({ to: "/register", search: { unit: book?.unit ?? "", year: book?.year ?? 0, ...search } })
  return (
    <Page title={say(TEXT.title)}>
      <p>
        <Link to="/register/late">{say(TEXT.lateList)}</Link>
      </p>
      <Refusals reasons={refusalsIn(books.error ?? rows.error)} />
      {books.data?.length === 0 && <Empty text={say(TEXT.empty)} />}
      {book !== undefined && <BookChoice books={books.data ?? []} book={book} late={late} onChange={open} />}
      {rows.data !== undefined && <RegisterTable rows={rows.data.items} onVersions={setVersionsOf} />}
      {rows.data !== undefined && (
        <Pager total={rows.data.total} page={page} size={20} onPage={(next) => open({ page: next })} />
      )}
      {versionsOf !== null && <VersionsDialog entry={versionsOf} onClose={() => setVersionsOf(null)} />}
    </Page>
  )
}

type Book = ReplyOf<typeof readRegisterBooks>[number]

interface BookChoiceProps {
  readonly books: readonly Book[]
  readonly book: Book
  readonly late: boolean
  readonly onChange: (search: object) => void
}

function BookChoice({ books, book, late, onChange: open }: BookChoiceProps) {
  const say = useSay()
  const options = books.map((known) => ({
    value: `${known.unit}/${known.year}`,
    label: say(TEXT.option, { unit: known.unitName, year: known.year, rows: known.rows }),
  }))
  return (
    <Group align="end" mb="md">
      <NativeSelect
        label={say(TEXT.book)}
        data={options}
        value={`${book.unit}/${book.year}`}
        onChange={(event) => {
          const [chosen, chosenYear] = event.currentTarget.value.split("/")
          open({ unit: chosen, year: Number(chosenYear) })
        }}
      />
      <Checkbox
        label={say(TEXT.late)}
        checked={late}
        onChange={(event) => open({ late: event.currentTarget.checked })}
      />
      <Exports unit={book.unit} year={book.year} />
    </Group>
  )
}

function Exports({ unit, year }: { readonly unit: string; readonly year: number }) {
  return (
    <Group>
      {(["pdf", "ods", "csv"] as const).map((as) => (
        <Button
          key={as}
          component="a"
          variant="default"
          href={addressOf(printRegister, { query: { unit, year, as } })}
          download
        >
          {as.toUpperCase()}
        </Button>
      ))}
    </Group>
  )
}
