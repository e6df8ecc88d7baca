import { readEnvironment, readHealth, readOpenApi, readReadiness } from "../../contract/environment.ts"
import { listMyTasks } from "../../contract/tasks.ts"
import type { PersonActor } from "../../kernel/actor.ts"
import { readHead } from "../../ledger/index.ts"
import { readTx } from "../../platform/db/tx.ts"
import { bind, type BoundRoute } from "../../platform/http/bind.ts"
import { openApiOf } from "../../platform/http/openapi.ts"
import { RefusedError } from "../../platform/http/refused-error.ts"
import { refuse } from "../../regulation/rule.ts"
import type { Module, Runtime, Task } from "../../runtime/index.ts"
import { ledgerRoutes } from "./ledger-routes.ts"
import { settingsRoutes } from "./settings-routes.ts"

export const VERSION = "0.1.0"

/** Every route of the program: the modules', and the few that belong to none. */
export function routesOf(runtime: Runtime, modules: readonly Module[]): readonly BoundRoute[] {
  const own = [
    ...ledgerRoutes(runtime),
    ...settingsRoutes(runtime, VERSION),
    bind(readHealth, () => Promise.resolve({ status: "ok" as const })),
    bind(readReadiness, async () => ({ status: "ready" as const, ledgerSize: await ledgerSize(runtime) })),
    bind(readEnvironment, async () => ({
      demo: runtime.demo,
      agency: await agencyName(runtime),
      pack: runtime.pack.version,
      mailIsSent: runtime.mailIsSent,
      password: passwordHint(runtime),
    })),
    bind(listMyTasks, ({ actor, now }) => tasksOf(runtime, modules, actor as PersonActor, now)),
  ]
  const routes = [...own, ...modules.flatMap((module) => module.routes(runtime))]
  const endpoints = [...routes.map((route) => route.endpoint), readOpenApi]
  const document = openApiOf(endpoints, VERSION, runtime.origin)
  return [...routes, bind(readOpenApi, () => Promise.resolve(document as { openapi: string }))]
}

function passwordHint({ pack: { password } }: Runtime) {
  const { minLength, classes, history } = password
  return { minLength: minLength.value, classes: classes.value, history: history.value }
}

async function ledgerSize(runtime: Runtime): Promise<number> {
  try {
    return (await readTx(runtime.db, readHead))?.size ?? 0
  } catch (error) {
    runtime.log.error({ err: error }, "not ready")
    throw new RefusedError([refuse("LEDGER_UNAVAILABLE")])
  }
}

async function agencyName(runtime: Runtime): Promise<string> {
  const row = await runtime.db
    .selectFrom("people_v_unit")
    .select("name")
    .where("kind", "=", "agency")
    .executeTakeFirst()
  return row?.name ?? ""
}

/** 我的待辦: folded over the modules, nearest legal deadline first. */
async function tasksOf(
  runtime: Runtime,
  modules: readonly Module[],
  actor: PersonActor,
  now: Task["since"],
): Promise<Task[]> {
  const tasks = await Promise.all(
    modules.map((module) => module.tasksOf?.(runtime.db, actor, now, runtime.pack) ?? Promise.resolve([])),
  )
  const whenDue = (task: Task) => `${task.due ?? "9999"}/${task.since}`
  return tasks.flat().sort((a, b) => (whenDue(a) < whenDue(b) ? -1 : 1))
}
