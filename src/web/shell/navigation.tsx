import { Burger, Drawer } from "@mantine/core"
import { Link, useRouterState } from "@tanstack/react-router"
import { useState } from "react"
import { useMe } from "../api/use-me.ts"
import { useSay } from "../text/language.tsx"
import { PAGES } from "./pages.ts"

const TEXT = {
  screens: { zh: "功能", en: "Screens" },
  open: { zh: "開啟功能選單", en: "Open the menu" },
  close: { zh: "關閉功能選單", en: "Close the menu" },
} as const

/** The screens beside the page, where there is room. */
export function Navigation() {
  const say = useSay()
  return (
    <nav className="frame-nav" aria-label={say(TEXT.screens)}>
      <PageLinks />
    </nav>
  )
}

/** The same in a drawer, on a phone or at 200 % zoom. */
export function NavigationDrawer() {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  return (
    <span className="frame-burger">
      <Burger
        opened={isOpen}
        onClick={() => setOpen(true)}
        size="sm"
        aria-label={say(TEXT.open)}
        aria-expanded={isOpen}
        aria-haspopup="dialog"
      />
      <Drawer
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={say(TEXT.screens)}
        size="260px"
        closeButtonProps={{ "aria-label": say(TEXT.close) }}
      >
        <nav aria-label={say(TEXT.screens)} className="drawer-nav">
          <PageLinks onFollow={() => setOpen(false)} />
        </nav>
      </Drawer>
    </span>
  )
}

function PageLinks({ onFollow }: { readonly onFollow?: () => void }) {
  const say = useSay()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const held = useMe().data?.posts.map((post) => post.role) ?? []
  const mine = PAGES.filter(({ roles }) => roles === undefined || roles.some((role) => held.includes(role)))
  return (
    <ul>
      {mine.map(({ path: to, name, icon: Icon }) => {
        const isHere = to === "/" ? path === "/" : path.startsWith(to)
        return (
          <li key={to}>
            <Link to={to} aria-current={isHere ? "page" : undefined} onClick={onFollow}>
              <Icon size={20} stroke={1.6} aria-hidden />
              {say(name)}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
