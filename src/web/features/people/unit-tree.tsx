import { useMediaQuery } from "@mantine/hooks"
import { Link } from "@tanstack/react-router"
import type { UnitView } from "../../../modules/people/contract.ts"
import { useSay } from "../../text/language.tsx"

const TEXT = {
  units: { zh: "單位", en: "Units" },
  all: { zh: "全部單位", en: "All units" },
  people: { zh: "{count} 人", en: "{count} people" },
} as const

interface Props {
  readonly units: readonly UnitView[]
  /** The unit whose people are listed; none lists everybody. */
  readonly chosen: string | undefined
}

/** 機關單位 as they belong to each other; choosing one lists its people. */
export function UnitTree({ units, chosen }: Props) {
  const current = units.find(({ id }) => id === chosen)
  const say = useSay()
  const isWide = useMediaQuery("(min-width: 761px)", true, { getInitialValueInEffect: false })
  return (
    <nav aria-label={say(TEXT.units)}>
      <details className="unit-tree" open={isWide}>
        <summary>
          {say(TEXT.units)}
          {current !== undefined && `：${current.name}`}
        </summary>
        <ul className="tree">
          <li>
            <Link to="/people" search={{}} aria-current={chosen === undefined}>
              {say(TEXT.all)}
            </Link>
          </li>
        </ul>
        <Branch units={units} parent={null} chosen={chosen} />
      </details>
    </nav>
  )
}

function Branch({ units, parent, chosen }: Props & { readonly parent: string | null }) {
  const say = useSay()
  const children = units.filter((unit) => unit.parent === parent)
  if (children.length === 0) return null
  return (
    <ul className="tree">
      {children.map(({ id, code, name, people }) => (
        <li key={id}>
          <Link to="/people" search={{ unit: id }} aria-current={chosen === id} title={code}>
            {name}
            <span className="tree-count">{say(TEXT.people, { count: people })}</span>
          </Link>
          <Branch units={units} parent={id} chosen={chosen} />
        </li>
      ))}
    </ul>
  )
}
