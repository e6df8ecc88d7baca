import { z } from "zod"
import { endpoint } from "./endpoint.ts"

export const TaskView = z.object({
  kind: z.string(),
  title: z.string(),
  link: z.string(),
  duty: z.string().nullable(),
  since: z.string(),
  due: z.string().nullable(),
  deadline: z.uuid().nullable(),
  inboxItem: z.uuid().nullable(),
})
export type TaskView = z.infer<typeof TaskView>

export const listMyTasks = endpoint({
  method: "GET",
  path: "/tasks",
  summary: "我的待辦：最近的法定期限在前",
  reply: z.array(TaskView),
  refuses: [],
})
