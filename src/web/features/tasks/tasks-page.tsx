import { useQuery } from "@tanstack/react-query"
import { listMyTasks, type TaskView } from "../../../contract/tasks.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/use-act.ts"
import { citeDuty, isDuty } from "../../text/citation.ts"
import { useLanguage } from "../../text/language.tsx"
import { RocDate, RocDateTime } from "../../ui/dates.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { Empty, StatusBadge } from "../../ui/status.tsx"
import { today } from "../../ui/dates.tsx"

const TEXT = {
  title: { zh: "我的待辦", en: "My tasks" },
  caption: { zh: "最近的法定期限在前", en: "Nearest legal deadline first" },
  what: { zh: "事項", en: "What" },
  due: { zh: "期限", en: "Due" },
  since: { zh: "起始時間", en: "Since" },
  empty: {
    zh: "目前沒有待辦事項。資料檔案進度輪到您時，會列在這裡。",
    en: "Nothing waits for you. What becomes your turn is listed here.",
  },
} as const

export function TasksPage() {
  const { say } = useLanguage()
  const tasks = useQuery({ queryKey: ["tasks"], queryFn: () => call(listMyTasks), refetchInterval: 30_000 })
  return (
    <>
      <h1>{say(TEXT.title)}</h1>
      <Refusals reasons={refusalsIn(tasks.error)} />
      {tasks.data?.length === 0 && <Empty text={say(TEXT.empty)} />}
      {tasks.data !== undefined && tasks.data.length > 0 && <TaskTable tasks={tasks.data} />}
    </>
  )
}

function TaskTable({ tasks }: { readonly tasks: readonly TaskView[] }) {
  const { say } = useLanguage()
  return (
    <div className="table-scroll">
      <table className="plain">
        <caption>{say(TEXT.caption)}</caption>
        <thead>
          <tr>
            <th scope="col">{say(TEXT.what)}</th>
            <th scope="col">{say(TEXT.due)}</th>
            <th scope="col">{say(TEXT.since)}</th>
          </tr>
        </thead>
        <tbody>
          {tasks.map((task) => (
            <TaskRow key={`${task.link} ${task.title}`} task={task} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function TaskRow({ task }: { readonly task: TaskView }) {
  const { language } = useLanguage()
  const isLate = task.due !== null && task.due < today()
  return (
    <tr>
      <td>
        <a href={task.link}>{task.title}</a>
        {task.duty !== null && isDuty(task.duty) && (
          <span className="cite">{citeDuty(task.duty, language)}</span>
        )}
      </td>
      <td>
        {task.due === null ? <StatusBadge status="todo" /> : <RocDate date={task.due} />}{" "}
        {isLate && <StatusBadge status="late" />}
      </td>
      <td>
        <RocDateTime at={task.since} />
      </td>
    </tr>
  )
}
