import { randomBytes } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import type { DeliveryDetail, ProjectView } from "../../src/modules/deliveries/contract.ts"
import { DEMO_PASSWORD } from "../../src/app/demo/seed.ts"
import { fingerprintOf } from "../../src/web/api/fingerprint.ts"

/** An upload as it was announced, and how far the server said it came. */
interface Sent {
  readonly bytes: number
  readonly fingerprint: string
  readonly offset: number
}

interface Opened {
  readonly upload: string
  readonly offset: number
}

/** Everything the server said yes to; none of it may be missing after any number of kills. */
export class Acknowledged {
  readonly deliveries = new Map<string, { state: string; number: string }>()
  readonly uploads = new Map<string, Sent>()
  /** A session that was given outlives the server, so nobody signs in again after a kill. */
  readonly sessions = new Map<Login, string>()
  readonly stamps: { readonly delivery: string; readonly place: string; readonly digest: string }[] = []
  actions = 0
}

/** The server counts requests as it does of anybody; whoever is told to wait waits. */
const TOO_MANY = 429
const LOGINS = ["handler", "it-handler", "supervisor"] as const
type Login = (typeof LOGINS)[number]

/** Acts the people of the main job over HTTP until the connection dies under them. */
export class Workers {
  readonly #origin: string
  readonly #said: Acknowledged

  constructor(origin: string, said: Acknowledged) {
    this.#origin = origin
    this.#said = said
  }

  async signInAll(): Promise<void> {
    for (const login of LOGINS) this.#said.sessions.set(login, await this.signIn(login))
  }

  /** One delivery from notice to stamps, as far as the server lives. */
  async workOneDelivery(): Promise<void> {
    const projects = await this.get<ProjectView[]>("handler", "/projects")
    const happenedAt = new Date().toISOString()
    const rows = Array.from({ length: 2_000 }, (_, row) => `A12345678${row % 10},甲${row},臺北市`).join(
      "\r\n",
    )
    const content = Buffer.from(
      `id,name,address\r\n${rows}\r\n${randomBytes(400_000).toString("base64")},x,y\r\n`,
    )
    const notice = {
      project: projects[0]?.id,
      happenedAt,
      declaredRecords: 2_001,
      appliedFor: { kind: "count", records: 2_001 },
      fileName: "t.csv",
      format: { kind: "delimited", encoding: "utf-8", delimiter: ",", quote: '"', header: true },
      mail: null,
    }
    const { id } = await this.send<{ id: string }>("handler", "POST", "/deliveries", notice)
    await this.note(id)
    const scan = await this.bytes<{ file: string }>("handler", "POST", "/scans", Buffer.from("scan"))
    const channel = {
      kind: "paper",
      number: "1",
      date: happenedAt.slice(0, 10),
      receiver: "甲",
      scan: scan.file,
    }
    await this.act("handler", id, "request-download", { happenedAt: new Date().toISOString(), channel })
    await this.upload(id, content)
    await this.act("it-handler", id, "notify-ready", { happenedAt: new Date().toISOString(), channel })
    await this.act("handler", id, "register", {
      records: 2_001,
      purpose: "測試",
      legalDocument: "字第1號",
      obtainedBy: "下載",
    })
    await this.stamp("it-handler", id, "it")
    await this.stamp("supervisor", id, "responsible")
    const { handler } = await this.get<DeliveryDetail>("handler", `/deliveries/${id}`)
    await this.act("it-handler", id, "release", { to: handler.person })
  }

  /** Takes up an upload that a kill interrupted: the server must still have every byte it acknowledged. */
  async checkUpload(id: string): Promise<void> {
    const sent = this.#said.uploads.get(id)
    if (sent === undefined) return
    const { offset: known, ...announced } = sent
    const { bytes } = announced
    const { fetched } = await this.get<DeliveryDetail>("it-handler", `/deliveries/${id}`)
    // The server finished it and died before it could say so.
    if (fetched !== null) {
      if (fetched.bytes !== bytes) throw new Error(`the file of ${id} has ${fetched.bytes} of ${bytes} bytes`)
      return
    }
    const { offset } = await this.open(id, announced)
    if (offset < known) throw new Error(`upload of ${id} lost bytes: ${offset} of ${known}`)
  }

  private open(id: string, announced: Omit<Sent, "offset">): Promise<Opened> {
    return this.send<Opened>("it-handler", "POST", `/deliveries/${id}/upload`, announced)
  }

  private async upload(id: string, content: Buffer): Promise<void> {
    const announced = { bytes: content.length, fingerprint: await fingerprintOf(new Blob([content])) }
    const { upload, offset: begun } = await this.open(id, announced)
    for (let offset = begun; offset < content.length;) {
      const part = content.subarray(offset, offset + 150_000)
      const path = `/deliveries/${id}/upload?upload=${upload}&offset=${offset}`
      ;({ offset } = await this.bytes<{ offset: number }>("it-handler", "PUT", path, part))
      this.#said.uploads.set(id, { ...announced, offset })
    }
    await this.send("it-handler", "POST", `/deliveries/${id}/upload/finish`, { upload, name: "t.csv" })
    this.#said.uploads.delete(id)
    await this.note(id)
  }

  private async stamp(login: Login, id: string, place: string): Promise<void> {
    const { entry } = await this.get<DeliveryDetail>(login, `/deliveries/${id}`)
    const digest = entry?.digest ?? ""
    const notedOn = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    await this.act(login, id, "stamps", { place, notedOn, digest })
    this.#said.stamps.push({ delivery: id, place, digest })
  }

  private async act(login: Login, id: string, path: string, body: object): Promise<void> {
    await this.send(login, "POST", `/deliveries/${id}/${path}`, body)
    await this.note(id)
  }

  /** Remembers what the server has shown: it must never show less. */
  private async note(id: string): Promise<void> {
    const { state, number } = await this.get<DeliveryDetail>("handler", `/deliveries/${id}`)
    this.#said.deliveries.set(id, { state, number })
    this.#said.actions++
  }

  get<Body>(login: Login, path: string): Promise<Body> {
    return this.ask(login, path, { method: "GET" })
  }

  send<Body>(login: Login, method: string, path: string, body: object): Promise<Body> {
    return this.ask(login, path, {
      method,
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    })
  }

  bytes<Body>(login: Login, method: string, path: string, body: Buffer): Promise<Body> {
    return this.ask(login, path, {
      method,
      body: new Uint8Array(body),
      headers: { "content-type": "application/octet-stream" },
    })
  }

  private async ask<Body>(login: Login, path: string, init: RequestInit): Promise<Body> {
    const cookie = this.#said.sessions.get(login) ?? ""
    const headers = { ...(init.headers as Record<string, string>), origin: this.#origin, cookie }
    const answer = await fetch(`${this.#origin}/api${path}`, { ...init, headers })
    const text = await answer.text()
    if (answer.status === TOO_MANY) {
      await sleep(Number(answer.headers.get("retry-after") ?? 1) * 1000)
      return this.ask(login, path, init)
    }
    if (!answer.ok) throw new Refused(`${init.method ?? ""} ${path}: ${answer.status} ${text.slice(0, 300)}`)
    return (text === "" ? {} : JSON.parse(text)) as Body
  }

  private async signIn(login: Login): Promise<string> {
    const answer = await fetch(`${this.#origin}/api/sign-in`, {
      method: "POST",
      headers: { origin: this.#origin, "content-type": "application/json" },
      body: JSON.stringify({ loginName: login, password: DEMO_PASSWORD }),
    })
    const [cookie = ""] = (answer.headers.get("set-cookie") ?? "").split(";")
    if (!answer.ok) throw new Refused(`sign-in: ${answer.status}`)
    return cookie
  }
}

/** The server lived and said no: never expected here. */
export class Refused extends Error {
  override readonly name = "Refused"
}
