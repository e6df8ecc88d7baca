import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { listMyTasks, type TaskView } from "../../../contract/tasks.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { citeDuty, isDuty } from "../../text/citation.ts"
import { useLanguage } from "../../text/language.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { DueDate } from "../../ui/dates/due-date.tsx"
import { RocDateTime } from "../../ui/dates/roc-date.tsx"
import { Page } from "../../ui/page.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { Empty, StatusBadge } from "../../ui/status.tsx"

const TEXT = {
  title: { zh: "我的待辦", en: "My tasks" },
  caption: { zh: "最近的法定期限在前", en: "Nearest legal deadline first" },
  empty: {
    zh: "目前沒有待辦事項。資料檔案進度輪到您時，會列在這裡。",
    en: "Nothing waits for you. What becomes your turn is listed here.",
  },
} as const

const COLUMNS: readonly Column<TaskView>[] = [
  { head: { zh: "事項", en: "What" }, cell: (task) => <TaskLink task={task} /> },
  {
    head: { zh: "期限", en: "Due" },
    cell: ({ due, deadline }) =>
      due === null ? <StatusBadge status="todo" /> : <DueDate date={due} deadline={deadline} />,
  },
  { head: { zh: "起始時間", en: "Since" }, cell: (task) => <RocDateTime at={task.since} /> },
]

export function TasksPage() {
  const { say } = useLanguage()
  const tasks = useQuery({ queryKey: ["tasks"], queryFn: () => call(listMyTasks), refetchInterval: 30_000 })
  return (
    <Page title={say(TEXT.title)}>
      <Refusals reasons={refusalsIn(tasks.error)} />
      {tasks.data?.length === 0 && <Empty text={say(TEXT.empty)} />}
      {tasks.data !== undefined && tasks.data.length > 0 && (
        <DataTable
          caption={say(TEXT.caption)}
          columns={COLUMNS}
          rows={tasks.data}
          keyOf={(task) => `${task.kind} ${task.link} ${task.title}`}
        />
      )}
    </Page>
  )
}

function TaskLink({ task }: { readonly task: TaskView }) {
  const { language } = useLanguage()
  return (
    <>
      <Link to={task.link}>{task.title}</Link>
      {task.duty !== null && isDuty(task.duty) && (
        <span className="cite">{citeDuty(task.duty, language)}</span>
      )}
    </>
  )
}
