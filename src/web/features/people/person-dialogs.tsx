import {
  addPosts,
  createPerson,
  updatePerson,
  type PersonDetail,
  type UnitView,
} from "../../../modules/people/contract.ts"
import { call } from "../../api/call.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateField } from "../../ui/dates/fields.tsx"
import { today } from "../../ui/dates/typed.ts"
import { TextField } from "../../ui/forms/fields.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { useForm } from "../../ui/forms/use-form.ts"
import { chosenPosts, NO_POST, PostsField } from "./posts-field.tsx"

const TEXT = {
  add: { zh: "新增人員", en: "Add a person" },
  change: { zh: "變更登載事項：{name}", en: "Change what stands of {name}" },
  addPosts: { zh: "增列職務：{name}", en: "Add posts of {name}" },
  name: { zh: "姓名", en: "Name" },
  title: { zh: "職稱（載於職章）", en: "Title (as on the stamp)" },
  email: { zh: "電子郵件", en: "E-mail" },
  staffNumber: { zh: "員工編號（無則免填）", en: "Staff number (if any)" },
  on: { zh: "自何日起（今日為即時）", en: "From (today is at once)" },
  means: {
    zh: "增列或更正職務時使用。調任、離職等職務異動請另循職務異動辦理，以利交接及通知資訊室、政風室。",
    en: "For posts added or corrected. A change of post or a leaving goes through the change of post, which hands over and gives the notices.",
  },
  save: { zh: "儲存", en: "Save" },
} as const

interface Props {
  readonly units: readonly UnitView[]
  readonly onClose: () => void
}

const NEW_PERSON = { name: "", title: "", email: "", staffNumber: "", posts: [NO_POST] }

export function NewPersonDialog({ units, onClose }: Props) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: "person",
    initial: NEW_PERSON,
    send: ({ posts, staffNumber, ...words }) =>
      call(createPerson, {
        body: { ...words, staffNumber: staffNumber.trim() || null, posts: chosenPosts(posts) },
      }),
    onClose,
  })
  return (
    <FormDialog title={say(TEXT.add)} opened {...form} submit={say(TEXT.save)}>
      <WordFields value={value} change={change} />
      <PostsField units={units} value={value.posts} onChange={(posts) => change({ posts })} />
    </FormDialog>
  )
}

interface PersonProps {
  readonly person: PersonDetail
  readonly onClose: () => void
}

export function ChangePersonDialog({ person, onClose }: PersonProps) {
  const say = useSay()
  const { id, name, title, email, staffNumber } = person
  const { value, change, form } = useForm({
    draft: `person.${id}`,
    initial: { name, title, email, staffNumber: staffNumber ?? "" },
    send: ({ staffNumber: number, ...words }) =>
      call(updatePerson, { params: { id }, body: { ...words, staffNumber: number.trim() || null } }),
    onClose,
  })
  return (
    <FormDialog title={say(TEXT.change, { name })} opened {...form} submit={say(TEXT.save)}>
      <WordFields value={value} change={change} />
    </FormDialog>
  )
}

export function AddPostsDialog({ person, units, onClose }: PersonProps & Props) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: `person.${person.id}.posts`,
    initial: { on: today(), posts: [NO_POST] },
    send: ({ on, posts }) =>
      call(addPosts, { params: { id: person.id }, body: { on, begin: chosenPosts(posts) } }),
    onClose,
  })
  return (
    <FormDialog title={say(TEXT.addPosts, { name: person.name })} opened {...form} submit={say(TEXT.save)}>
      <p>{say(TEXT.means)}</p>
      <PostsField units={units} value={value.posts} onChange={(posts) => change({ posts })} />
      <RocDateField label={say(TEXT.on)} value={value.on} onChange={(on) => change({ on })} />
    </FormDialog>
  )
}

interface Words {
  readonly name: string
  readonly title: string
  readonly email: string
  readonly staffNumber: string
}

function WordFields({
  value,
  change,
}: {
  readonly value: Words
  readonly change: (part: Partial<Words>) => void
}) {
  const say = useSay()
  return (
    <>
      <TextField label={say(TEXT.name)} value={value.name} onChange={(name) => change({ name })} required />
      <TextField
        label={say(TEXT.title)}
        value={value.title}
        onChange={(title) => change({ title })}
        required
      />
      <TextField
        label={say(TEXT.email)}
        type="email"
        value={value.email}
        onChange={(email) => change({ email })}
        required
      />
      <TextField
        label={say(TEXT.staffNumber)}
        value={value.staffNumber}
        onChange={(staffNumber) => change({ staffNumber })}
      />
    </>
  )
}
