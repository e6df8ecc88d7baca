import { Button } from "@mantine/core"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { listMyTasks, type TaskView } from "../../../contract/tasks.ts"
import { acknowledgeInboxItem } from "../../../modules/notices/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { citeDuty, isDuty } from "../../text/citation.ts"
import { useLanguage } from "../../text/language.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { DueDate } from "../../ui/dates/due-date.tsx"
import { RocDateTime } from "../../ui/dates/roc-date.tsx"
import { Page } from "../../ui/page.tsx"
import { MailsPanel } from "./mails-panel.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { Empty, StatusBadge } from "../../ui/status.tsx"

const TEXT = {
  title: { zh: "我的待辦", en: "My tasks" },
  caption: { zh: "最近的法定期限在前", en: "Nearest legal deadline first" },
  acknowledge: { zh: "知悉", en: "Noted" },
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
  {
    head: { zh: "辦理", en: "Act" },
    cell: ({ inboxItem, title }) => inboxItem !== null && <Acknowledge item={inboxItem} title={title} />,
  },
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
      <MailsPanel />
    </Page>
  )
}

/** Whoever takes note of it is recorded; the item then leaves everybody's list. */
function Acknowledge({ item, title }: { readonly item: string; readonly title: string }) {
  const { say } = useLanguage()
  const queries = useQueryClient()
  const acknowledge = useMutation({
    mutationFn: () => call(acknowledgeInboxItem, { params: { id: item }, body: {} }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["tasks"] }),
  })
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        loading={acknowledge.isPending}
        aria-label={`${say(TEXT.acknowledge)}：${title}`}
        onClick={() => acknowledge.mutate()}
      >
        {say(TEXT.acknowledge)}
      </Button>
      <Refusals reasons={refusalsIn(acknowledge.error)} />
    </>
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
