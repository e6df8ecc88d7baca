import { Button } from "@mantine/core"
import type { Role } from "../../../kernel/actor.ts"
import { ROLES_OF_KIND, type UnitView } from "../../../modules/people/contract.ts"
import { useSay } from "../../text/language.tsx"
import { ROLE_NAMES } from "../../text/terms.ts"
import { SelectField } from "../../ui/forms/fields.tsx"

const TEXT = {
  unit: { zh: "單位", en: "Unit" },
  role: { zh: "職務", en: "Post" },
  choose: { zh: "請選擇", en: "Choose" },
  more: { zh: "再增一項職務", en: "One more post" },
  less: { zh: "移除第 {n} 項職務", en: "Remove post {n}" },
} as const

/** A post as it is being chosen. */
export interface ChosenPost {
  readonly unit: string
  readonly role: Role | ""
}
export const NO_POST: ChosenPost = { unit: "", role: "" }

export function chosenPosts(posts: readonly ChosenPost[]) {
  return posts.flatMap(({ unit, role }) => (role === "" ? [] : [{ unit, role }]))
}

interface Props {
  readonly units: readonly UnitView[]
  readonly value: readonly ChosenPost[]
  readonly onChange: (posts: ChosenPost[]) => void
}

/** One or more posts, each a role that its unit has. */
export function PostsField({ units, value, onChange }: Props) {
  const say = useSay()
  return (
    <>
      {value.map((post, index) => (
        <fieldset key={index} className="plain-set">
          <PostFields
            units={units}
            post={post}
            onChange={(changed) => onChange(value.map((other, n) => (n === index ? changed : other)))}
          />
          {value.length > 1 && (
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => onChange(value.filter((_, n) => n !== index))}
            >
              {say(TEXT.less, { n: index + 1 })}
            </Button>
          )}
        </fieldset>
      ))}
      <Button variant="default" onClick={() => onChange([...value, NO_POST])}>
        {say(TEXT.more)}
      </Button>
    </>
  )
}

interface OneProps {
  readonly units: readonly UnitView[]
  readonly post: ChosenPost
  readonly onChange: (post: ChosenPost) => void
}

function PostFields({ units, post, onChange }: OneProps) {
  const say = useSay()
  const kind = units.find(({ id }) => id === post.unit)?.kind
  const roles: readonly Role[] = kind === undefined ? [] : ROLES_OF_KIND[kind]
  const choose = { value: "" as const, label: say(TEXT.choose) }
  return (
    <>
      <SelectField
        label={say(TEXT.unit)}
        options={[choose, ...units.map(({ id, name }) => ({ value: id, label: name }))]}
        value={post.unit}
        onChange={(unit) => onChange({ unit, role: "" })}
        required
      />
      <SelectField
        label={say(TEXT.role)}
        options={[choose, ...roles.map((role) => ({ value: role, label: say(ROLE_NAMES[role]) }))]}
        value={post.role}
        onChange={(role) => onChange({ ...post, role })}
        required
      />
    </>
  )
}
