import { Group, Pagination } from "@mantine/core"
import { useSay } from "../text/language.tsx"

const TEXT = {
  total: { zh: "共 {total} 筆", en: "{total} in all" },
  pages: { zh: "分頁", en: "Pages" },
} as const

/** How many there are, and the way to the other pages; the page stands in the address. */
export function Pager({
  total,
  page,
  size,
  onPage,
}: {
  readonly total: number
  readonly page: number
  readonly size: number
  readonly onPage: (page: number) => void
}) {
  const say = useSay()
  const pages = Math.max(1, Math.ceil(total / size))
  return (
    <Group justify="space-between" className="pager">
      <span>{say(TEXT.total, { total })}</span>
      {pages > 1 && (
        <Pagination
          value={page}
          total={pages}
          onChange={onPage}
          getControlProps={(control) => ({ "aria-label": control })}
          aria-label={say(TEXT.pages)}
          size="sm"
        />
      )}
    </Group>
  )
}
