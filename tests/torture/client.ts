import { setTimeout as sleep } from "node:timers/promises"
import { DEMO_PASSWORD } from "../../src/app/demo/seed.ts"

/** The server counts requests as it does of anybody; whoever is told to wait waits. */
const TOO_MANY = 429
export const LOGINS = ["handler", "it-handler", "supervisor"] as const
export type Login = (typeof LOGINS)[number]

/** The server lived and said no: never expected here. */
export class Refused extends Error {
  override readonly name = "Refused"
}

/** The connection died, as it does when the server is killed. */
export class Died extends Error {
  override readonly name = "Died"
}

/** The people of the main job at their browsers. A session that was given outlives the server. */
export class Client {
  readonly #origin: string
  readonly #sessions: Map<Login, string>

  constructor(origin: string, sessions: Map<Login, string>) {
    this.#origin = origin
    this.#sessions = sessions
  }

  async signInAll(): Promise<void> {
    for (const login of LOGINS) {
      const body = JSON.stringify({ loginName: login, password: DEMO_PASSWORD })
      const { headers } = await this.#ask(login, "/sign-in", { method: "POST", body, headers: JSON_TYPE })
      this.#sessions.set(login, (headers.get("set-cookie") ?? "").split(";")[0] ?? "")
    }
  }

  get<Body>(login: Login, path: string): Promise<Body> {
    return this.#json(login, path, { method: "GET" })
  }

  send<Body>(login: Login, method: "POST" | "PUT", path: string, body: object): Promise<Body> {
    return this.#json(login, path, { method, body: JSON.stringify(body), headers: JSON_TYPE })
  }

  bytes<Body>(login: Login, method: "POST" | "PUT", path: string, body: Buffer): Promise<Body> {
    const headers = { "content-type": "application/octet-stream" }
    return this.#json(login, path, { method, body: new Uint8Array(body), headers })
  }

  async file(login: Login, path: string): Promise<Buffer> {
    return (await this.#ask(login, path, { method: "POST" })).content
  }

  async #json<Body>(login: Login, path: string, init: RequestInit): Promise<Body> {
    const { content } = await this.#ask(login, path, init)
    return (content.length === 0 ? {} : JSON.parse(content.toString())) as Body
  }

  async #ask(login: Login, path: string, init: RequestInit): Promise<Answer> {
    const cookie = this.#sessions.get(login) ?? ""
    const sent = { ...init, headers: { ...init.headers, origin: this.#origin, cookie } }
    const { status, headers, content } = await answerOf(`${this.#origin}/api${path}`, sent)
    if (status === TOO_MANY) {
      await sleep(Number(headers.get("retry-after") ?? 1) * 1000)
      return this.#ask(login, path, init)
    }
    if (status >= 400)
      throw new Refused(`${init.method ?? ""} ${path}: ${status} ${content.toString().slice(0, 300)}`)
    return { status, headers, content }
  }
}

const JSON_TYPE = { "content-type": "application/json" }

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly content: Buffer
}

async function answerOf(url: string, init: RequestInit): Promise<Answer> {
  try {
    const reply = await fetch(url, init)
    const content = Buffer.from(await reply.arrayBuffer())
    return { status: reply.status, headers: reply.headers, content }
  } catch (error) {
    throw new Died(url, { cause: error })
  }
}
