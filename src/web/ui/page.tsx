import type { ReactNode } from "react"

interface Props {
  /** Names the window too. */
  readonly title: string
  /** Stands beside the title, such as a status. */
  readonly mark?: ReactNode
  /** What can be done from here. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** One screen: its name once, in the window and on the page, and what can be done from it. */
export function Page({ title, mark, actions, children }: Props) {
  return (
    <>
      <title>{`${title}｜戶守`}</title>
      <div className="page-head">
        <h1>
          {title} {mark}
        </h1>
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </div>
      {children}
    </>
  )
}
