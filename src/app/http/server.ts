import type { FastifyInstance } from "fastify"
import { readHead } from "../../ledger/index.ts"
import { identifyBySession } from "../../modules/access/index.ts"
import { readTx } from "../../platform/db/tx.ts"
import { registerMetrics } from "../../platform/http/metrics.ts"
import { buildServer } from "../../platform/http/server.ts"
import { recordRefusal, type Runtime } from "../../runtime/index.ts"
import { modulesAt } from "../modules.ts"
import { servePages } from "./pages.ts"
import { routesOf } from "./routes.ts"

/** The whole program behind HTTP, not yet listening; `proxies` are those believed about where a request comes from. */
export async function createServer(
  runtime: Runtime,
  requestsPerMinute: number,
  proxies: readonly string[] = [],
): Promise<FastifyInstance> {
  const identify = identifyBySession(runtime, runtime.origin)
  const modules = modulesAt(runtime.origin)
  const programRoutes = modules.flatMap((module) => module.programRoutes?.(runtime) ?? [])
  const server = await buildServer({
    log: runtime.log,
    origin: runtime.origin,
    identify,
    routes: [...routesOf(runtime, modules), ...programRoutes],
    requestsPerMinute,
    proxies,
    onRefusal: async (request, refusals) => {
      const { actor } = await identify(request)
      await recordRefusal(
        runtime,
        actor,
        `${request.method} ${request.routeOptions.url ?? "unknown"}`,
        refusals,
      )
    },
  })
  registerMetrics(server, async () => (await readTx(runtime.db, readHead))?.size ?? 0)
  await servePages(server)
  return server
}

const GRACE_MS = 5_000

/** Takes no more requests and waits for those under way, but not for ever: uploads go on where they were cut. */
export async function closeServer(server: FastifyInstance, graceMs = GRACE_MS): Promise<void> {
  const closed = server.close()
  const cutting = setTimeout(() => server.server.closeAllConnections(), graceMs)
  await closed.finally(() => clearTimeout(cutting))
}
