import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import {
  appointCustodian,
  createProject,
  listProjects,
  type ProjectView,
} from "../../../modules/deliveries/contract.ts"
import { listLinkages } from "../../../modules/linkages/contract.ts"
import { listPeople } from "../../../modules/people/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useAct } from "../../api/use-act.ts"
import { useHolds } from "../../api/use-me.ts"
import { useSay } from "../../text/language.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { LongTextField, SelectField, TextField } from "../../ui/forms/fields.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { Page } from "../../ui/page.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { Empty } from "../../ui/status.tsx"
import { useForm } from "../../ui/forms/use-form.ts"
import { ModeName } from "../providers/mode-name.tsx"

const TEXT = {
  title: { zh: "專案與專人", en: "Projects and custodians" },
  add: { zh: "成立專案", en: "Create a project" },
  empty: {
    zh: "尚無專案。收受資料前須先成立專案並指定專人。",
    en: "No projects yet. One with a custodian must exist before data is received.",
  },
  caption: { zh: "各專案之提供機關、使用目的及專人", en: "Projects with provider, purpose and custodian" },
  appoint: { zh: "指定專人", en: "Appoint" },
  linkage: { zh: "連結作業", en: "Linkage" },
  name: { zh: "專案名稱", en: "Name" },
  purpose: { zh: "使用目的", en: "Purpose" },
  document: { zh: "依據公文文號", en: "Authorising document" },
  custodian: { zh: "專人", en: "Custodian" },
  deputy: { zh: "專人之代理人", en: "Custodian's deputy" },
  save: { zh: "儲存", en: "Save" },
  choose: { zh: "請選擇", en: "Choose" },
} as const

export function ProjectsPage() {
  const say = useSay()
  const projects = useQuery({ queryKey: ["projects"], queryFn: () => call(listProjects) })
  const mayAdd = useHolds("handler", "supervisor", "center-handler", "center-head")
  const [isAdding, setAdding] = useState(false)
  const [appointing, setAppointing] = useState<ProjectView | null>(null)
  return (
    <Page
      title={say(TEXT.title)}
      actions={mayAdd && <Button onClick={() => setAdding(true)}>{say(TEXT.add)}</Button>}
    >
      <Refusals reasons={refusalsIn(projects.error)} />
      {projects.data?.length === 0 && <Empty text={say(TEXT.empty)} />}
      {projects.data !== undefined && projects.data.length > 0 && (
        <ProjectTable projects={projects.data} onAppoint={setAppointing} />
      )}
      {isAdding && <ProjectDialog onClose={() => setAdding(false)} />}
      {appointing !== null && <CustodianDialog project={appointing} onClose={() => setAppointing(null)} />}
    </Page>
  )
}

const COLUMNS: readonly Column<ProjectView>[] = [
  { head: { zh: "編號", en: "Number" }, isShort: true, cell: (project) => project.number },
  { head: { zh: "名稱", en: "Name" }, cell: (project) => project.name },
  { head: { zh: "提供機關", en: "Provider" }, cell: (project) => project.providerName },
  { head: { zh: "方式", en: "Mode" }, isShort: true, cell: (project) => <ModeName mode={project.mode} /> },
  { head: { zh: "使用目的", en: "Purpose" }, cell: (project) => project.purpose },
  { head: { zh: "依據公文文號", en: "Document" }, cell: (project) => project.legalDocument },
]

interface TableProps {
  readonly projects: readonly ProjectView[]
  readonly onAppoint: (project: ProjectView) => void
}

function ProjectTable({ projects, onAppoint }: TableProps) {
  const say = useSay()
  const mayAppoint = useHolds("supervisor", "center-head")
  const custodian: Column<ProjectView> = {
    head: { zh: "專人／代理人", en: "Custodian / deputy" },
    cell: (project) => (
      <>
        {[project.custodianName, project.custodianDeputyName].filter((name) => name !== null).join("／")}{" "}
        {mayAppoint && (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => onAppoint(project)}
            aria-label={`${say(TEXT.appoint)} ${project.number}`}
          >
            {say(TEXT.appoint)}
          </Button>
        )}
      </>
    ),
  }
  return (
    <DataTable
      caption={say(TEXT.caption)}
      columns={[...COLUMNS, custodian]}
      rows={projects}
      keyOf={(project) => project.id}
    />
  )
}

function ProjectDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useSay()
  const linkages = useQuery({ queryKey: ["linkages"], queryFn: () => call(listLinkages) })
  const { value, change, form } = useForm({
    draft: "project",
    initial: { linkage: "", name: "", purpose: "", legalDocument: "" },
    send: (body) => call(createProject, { body }),
    onClose,
  })
  const options = (linkages.data ?? []).map((linkage) => ({
    value: linkage.id,
    label: `${linkage.unitName}／${linkage.providerName}／${linkage.purpose}`,
  }))
  return (
    <FormDialog title={say(TEXT.add)} opened {...form} submit={say(TEXT.save)}>
      <SelectField
        label={say(TEXT.linkage)}
        duty="4-2c"
        options={[{ value: "", label: say(TEXT.choose) }, ...options]}
        value={value.linkage}
        onChange={(linkage) => change({ linkage })}
        required
      />
      <TextField
        label={say(TEXT.name)}
        duty="5-5b"
        value={value.name}
        onChange={(name) => change({ name })}
        required
      />
      <LongTextField
        label={say(TEXT.purpose)}
        duty="5-5c"
        value={value.purpose}
        onChange={(purpose) => change({ purpose })}
        required
      />
      <TextField
        label={say(TEXT.document)}
        duty="5-5c"
        value={value.legalDocument}
        onChange={(legalDocument) => change({ legalDocument })}
        required
      />
    </FormDialog>
  )
}

/** 5-5a: by the head of the unit. */
function CustodianDialog({
  project,
  onClose,
}: {
  readonly project: ProjectView
  readonly onClose: () => void
}) {
  const say = useSay()
  const people = useQuery({
    queryKey: ["people-of", project.unit],
    queryFn: () => call(listPeople, { query: { unit: project.unit, size: 200 } }),
  })
  const [custodian, setCustodian] = useState(project.custodian ?? "")
  const [deputy, setDeputy] = useState(project.custodianDeputy ?? "")
  const { act, isPending, refusals } = useAct(
    () => call(appointCustodian, { params: { id: project.id }, body: { custodian, deputy } }),
    onClose,
  )
  const options = [
    { value: "", label: say(TEXT.choose) },
    ...(people.data?.items ?? []).map((person) => ({
      value: person.id,
      label: `${person.title} ${person.name}`,
    })),
  ]
  return (
    <FormDialog
      title={`${say(TEXT.appoint)} ${project.number}`}
      opened
      {...{ onClose, isPending, refusals }}
      onSubmit={() => act(undefined)}
      submit={say(TEXT.save)}
    >
      <SelectField
        label={say(TEXT.custodian)}
        duty="5-5a"
        options={options}
        value={custodian}
        onChange={setCustodian}
        required
      />
      <SelectField label={say(TEXT.deputy)} options={options} value={deputy} onChange={setDeputy} required />
    </FormDialog>
  )
}
