import { IconArrowDown, IconArrowsSort, IconArrowUp } from "@tabler/icons-react"
import type { ReactNode } from "react"
import { useSay, type Text } from "../../text/language.tsx"

const TEXT = {
  sort: { zh: "依{head}排序", en: "Sort by {head}" },
} as const

/** The values of `sort` in the address that this column can give; the server knows what they mean. */
interface Sort {
  readonly ascending?: string
  readonly descending?: string
}

export interface Column<Row> {
  readonly head: Text
  readonly cell: (row: Row) => ReactNode
  readonly isNumber?: boolean
  /** Never broken over two lines. */
  readonly isShort?: boolean
  readonly sort?: Sort
}

interface Props<Row> {
  readonly caption: string
  /** Where a heading above says the same. */
  readonly isCaptionHidden?: boolean
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string | number
  /** The order in force, and how to ask for another. */
  readonly sort?: string | undefined
  readonly onSort?: (sort: string) => void
}

/** Rows of a list. On a phone each becomes a card with its own labels; to assistive technology it stays a table. */
export function DataTable<Row>({ caption, isCaptionHidden, columns, rows, keyOf, sort, onSort }: Props<Row>) {
  const say = useSay()
  return (
    <div className="table-scroll">
      <table className="plain cards" role="table">
        <caption className={isCaptionHidden === true ? "unseen" : undefined}>{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <Head key={column.head.zh} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={keyOf(row)} role="row">
              {columns.map(({ head, cell, isNumber, isShort }) => (
                <td
                  key={head.zh}
                  role="cell"
                  data-label={say(head)}
                  className={isNumber === true ? "number" : isShort === true ? "short" : undefined}
                >
                  <span>{cell(row)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Head<Row>({
  column,
  sort,
  onSort,
}: {
  readonly column: Column<Row>
  readonly sort: string | undefined
  readonly onSort: ((sort: string) => void) | undefined
}) {
  const say = useSay()
  const { head, isNumber } = column
  const order = orderOf(column.sort, sort)
  const next = nextOf(column.sort, sort)
  const Icon = order === "ascending" ? IconArrowUp : order === "descending" ? IconArrowDown : IconArrowsSort
  return (
    <th
      scope="col"
      role="columnheader"
      aria-sort={order}
      className={isNumber === true ? "number" : undefined}
    >
      {next === undefined || onSort === undefined ? (
        say(head)
      ) : (
        <button
          type="button"
          className="sort-button"
          onClick={() => onSort(next)}
          aria-label={say(TEXT.sort, { head: say(head) })}
        >
          {say(head)} <Icon size={14} aria-hidden />
        </button>
      )}
    </th>
  )
}

function orderOf(known: Sort | undefined, sort: string | undefined) {
  if (known === undefined || sort === undefined) return undefined
  return sort === known.ascending ? "ascending" : sort === known.descending ? "descending" : undefined
}

/** Ascending first, then the other way round where the server can. */
function nextOf(known: Sort | undefined, sort: string | undefined): string | undefined {
  if (known === undefined) return undefined
  const { ascending, descending } = known
  return sort === ascending ? (descending ?? ascending) : (ascending ?? descending)
}
