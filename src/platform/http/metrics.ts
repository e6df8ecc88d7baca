import type { FastifyInstance, FastifyRequest } from "fastify"
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client"
import { refuse } from "../../regulation/rule.ts"
import { PROBLEM_TYPE, problemOf } from "./problem.ts"

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/
const LOOPBACK_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i

/**
 * Serves `/metrics` in Prometheus text to whoever asks from this machine itself; a proxy's requests do not.
 * Labels are route patterns, methods and statuses: never an address that was asked for.
 */
export function registerMetrics(server: FastifyInstance, ledgerSize: () => Promise<number>): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: "hushou_http_request_duration_seconds",
    help: "Time from a request's first line to its whole answer",
    labelNames: ["method", "route", "status"],
    registers: [registry],
  })
  new Gauge({
    name: "hushou_ledger_entries",
    help: "Entries in the ledger; NaN while the database does not answer",
    registers: [registry],
    async collect() {
      this.set(await ledgerSize().catch(() => Number.NaN))
    },
  })
  server.addHook("onResponse", async (request, reply) => {
    const labels = { method: request.method, route: routeOf(request), status: reply.statusCode }
    durations.observe(labels, reply.elapsedTime / 1000)
    await Promise.resolve()
  })
  server.get("/metrics", async (request, reply) => {
    if (isLocal(request)) return reply.type(registry.contentType).send(await registry.metrics())
    return reply
      .code(403)
      .type(PROBLEM_TYPE)
      .send(problemOf([refuse("NOT_PERMITTED")]))
  })
}

/** A proxy on this machine is told by the host it passes on, or by the headers it adds. */
function isLocal({ socket, headers }: FastifyRequest): boolean {
  return (
    LOOPBACK.test(socket.remoteAddress ?? "") &&
    LOOPBACK_HOST.test(headers.host ?? "") &&
    headers["x-forwarded-for"] === undefined &&
    headers.forwarded === undefined
  )
}

/** The screens' files are one route, so that their names do not become hundreds of series. */
function routeOf({ routeOptions: { url } }: FastifyRequest): string {
  if (url === undefined) return "unmatched"
  return url === "/metrics" || url.startsWith("/api/") ? url : "pages"
}
