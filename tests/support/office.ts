import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { FastifyInstance } from "fastify"
import { DEMO_PASSWORD, seedDemonstration } from "../../src/app/demo/seed.ts"
import { createRuntime } from "../../src/app/runtime.ts"
import { createServer } from "../../src/app/http/server.ts"
import type { Problem } from "../../src/contract/problem.ts"
import { noticeMailHandlers } from "../../src/modules/notices/index.ts"
import { createLog, type Log } from "../../src/platform/log.ts"
import { deliverOutbox, keepingTransport, smtpTransport } from "../../src/platform/mail/index.ts"
import type { Runtime } from "../../src/runtime/index.ts"
import { startProviderSim, type ProviderSim } from "../../tools/provider-sim/simulator.ts"
import { freshDatabase } from "./database.ts"
import { testClock, type TestClock } from "./small-office.ts"

const ORIGIN = "http://localhost:8080"

/** What an endpoint answered. */
export interface Answer<Body = Record<string, never>> {
  readonly status: number
  readonly body: Body
  readonly bytes: Buffer
  readonly headers: Readonly<Record<string, unknown>>
}

/** One person at their browser: a session, and the origin every request of a page states. */
export interface Desk {
  get: <Body>(path: string) => Promise<Answer<Body>>
  post: <Body>(path: string, body?: object) => Promise<Answer<Body>>
  put: <Body>(path: string, body: object | Buffer) => Promise<Answer<Body>>
  /** Raw bytes by POST, as a dropped file is sent. */
  drop: <Body>(path: string, bytes: Buffer) => Promise<Answer<Body>>
}

/** The demonstration agency over a database of its own, with a provider and a clock that stands still. */
export interface Office {
  readonly runtime: Runtime
  readonly server: FastifyInstance
  readonly sim: ProviderSim
  readonly clock: TestClock
  readonly directory: string
  /** Of the role that owns the tables: what somebody behind the program's back could use. */
  readonly ownerUrl: string
  /** The account at its desk: signed in, as long as its session stands; an account has only one (5-3b). */
  readonly as: (login: string) => Promise<Desk>
  /** Delivers what waits in the outbox to the provider's mail server. */
  readonly deliverMail: () => Promise<void>
  /** As an installation without SMTP does: keeps mails as `.eml`. */
  readonly keepMail: () => Promise<void>
  readonly close: () => Promise<void>
}

export async function openOffice(
  at = "2026-11-02T01:00:00.000Z",
  log: Log = createLog("silent"),
  origin = ORIGIN,
): Promise<Office> {
  const directory = await mkdtemp(join(tmpdir(), "hushou-office-"))
  const { db, url, ownerUrl, close } = await freshDatabase()
  const clock = testClock(at)
  const sim = await startProviderSim({ dir: join(directory, "provider"), sftpPort: 0, smtpPort: 0 })
  const runtime = await createRuntime({
    db,
    appUrl: url,
    clock,
    log,
    dataDir: join(directory, "data"),
    keysDir: join(directory, "keys"),
    origin,
    demo: true,
    keysMustExist: false,
  })
  await seedDemonstration(runtime, { sftp: sim.sftp })
  const server = await createServer(runtime, 1_000_000)
  const deliver = async (transport: Parameters<typeof deliverOutbox>[0]["transport"]) => {
    const handlers = noticeMailHandlers(runtime)
    await deliverOutbox({ db, clock, log: runtime.log, transport, handlers, domain: "localhost" })
  }
  const seats = new Map<string, Seated>()
  const letterhead = { from: "hushou@localhost", origin }
  return {
    ...{ runtime, server, sim, clock, directory, ownerUrl },
    as: (login) => deskOfLogin(server, seats, login),
    deliverMail: () => deliver(smtpTransport(`smtp://${sim.smtp.host}:${sim.smtp.port}`, letterhead)),
    keepMail: () => deliver(keepingTransport(join(directory, "mail"), letterhead)),
    close: async () => {
      await server.close()
      await runtime.files.close()
      await runtime.sequencer.close()
      await sim.stop()
      await close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

interface Seated {
  readonly desk: Desk
  readonly password: string
}

async function deskOfLogin(
  server: FastifyInstance,
  seats: Map<string, Seated>,
  login: string,
): Promise<Desk> {
  const known = seats.get(login)
  if (known !== undefined && (await known.desk.get("/me")).status === 200) return known.desk
  const password = known?.password ?? DEMO_PASSWORD
  const seated = await renewedIfDue(server, { desk: await deskAt(server, login, password), password })
  seats.set(login, seated)
  return seated.desk
}

let renewals = 0

/** An overdue password is renewed first, as its owner would (5-3a). */
async function renewedIfDue(server: FastifyInstance, { desk, password }: Seated): Promise<Seated> {
  const { body } = await desk.get<{ stage: string }>("/me")
  if (body.stage !== "password") return { desk, password }
  const next = `Renewed in time ${++renewals}`
  const answer = await desk.post("/me/password", { current: password, next })
  const [cookie = ""] = [answer.headers["set-cookie"]].flat() as string[]
  return { desk: deskOf(server, cookie.split(";")[0] ?? ""), password: next }
}

/** The desk of an account of the demonstration at another server over the same office. */
export async function deskAt(
  server: FastifyInstance,
  loginName: string,
  password = DEMO_PASSWORD,
): Promise<Desk> {
  const answer = await server.inject({
    method: "POST",
    url: "/api/sign-in",
    headers: { origin: ORIGIN, host: "localhost:8080" },
    payload: { loginName, password },
  })
  const [cookie] = answer.cookies
  if (cookie === undefined) throw new Error(`${loginName} could not sign in: ${answer.body}`)
  return deskOf(server, `${cookie.name}=${cookie.value}`)
}

/** Somebody with no session at all. */
export function stranger(office: Office): Desk {
  return deskOf(office.server, "")
}

function deskOf(server: FastifyInstance, cookie: string): Desk {
  const ask = async <Body>(
    method: "GET" | "POST" | "PUT",
    path: string,
    payload?: object | Buffer,
  ): Promise<Answer<Body>> => {
    const type = Buffer.isBuffer(payload) ? { "content-type": "application/octet-stream" } : {}
    const answer = await server.inject({
      method,
      url: `/api${path}`,
      headers: { origin: ORIGIN, host: "localhost:8080", cookie, ...type },
      ...(payload === undefined ? {} : { payload }),
    })
    const isJson = String(answer.headers["content-type"]).includes("json")
    return {
      status: answer.statusCode,
      body: (isJson ? answer.json<unknown>() : {}) as Body,
      bytes: answer.rawPayload,
      headers: answer.headers,
    }
  }
  return {
    get: (path) => ask("GET", path),
    post: (path, body = {}) => ask("POST", path, body),
    put: (path, body) => ask("PUT", path, body),
    drop: (path, bytes) => ask("POST", path, bytes),
  }
}

/** The codes of a refused answer, with the point and item each cites. */
export function refusalsIn(answer: Answer<unknown>): readonly string[] {
  const { refusals } = answer.body as Problem
  return refusals.map(({ code, source }) => `${code} ${source}`)
}
