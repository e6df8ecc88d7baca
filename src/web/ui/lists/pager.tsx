import { Pagination } from "@mantine/core"
import { useEffect } from "react"
import { useSay } from "../../text/language.tsx"

const TEXT = {
  total: { zh: "共 {total} 筆", en: "{total} in all" },
  pages: { zh: "分頁", en: "Pages" },
  page: { zh: "第 {page} 頁", en: "Page {page}" },
} as const

const CONTROLS = {
  first: { zh: "第一頁", en: "First page" },
  previous: { zh: "上一頁", en: "Previous page" },
  next: { zh: "下一頁", en: "Next page" },
  last: { zh: "最後一頁", en: "Last page" },
} as const

interface Props {
  readonly total: number
  readonly page: number
  readonly size: number
  readonly onPage: (page: number) => void
}

/** How many there are, and the way to the other pages; an address beyond the last page leads to the last. */
export function Pager({ total, page, size, onPage }: Props) {
  const say = useSay()
  const pages = Math.max(1, Math.ceil(total / size))
  const isBeyond = page > pages
  useEffect(() => {
    if (isBeyond) onPage(pages)
  })
  return (
    <nav className="pager" aria-label={say(TEXT.pages)}>
      <span>{say(TEXT.total, { total: total.toLocaleString("en-US") })}</span>
      {pages > 1 && (
        <Pagination
          value={page}
          total={pages}
          onChange={onPage}
          getItemProps={(item) => ({ "aria-label": say(TEXT.page, { page: item }) })}
          getControlProps={(control) => ({ "aria-label": say(CONTROLS[control]) })}
          size="sm"
        />
      )}
    </nav>
  )
}
