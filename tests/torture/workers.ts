import { randomInt } from "node:crypto"
import { readFile, rm } from "node:fs/promises"
import { setTimeout as sleep } from "node:timers/promises"
import type { DeliveryDetail } from "../../src/modules/deliveries/contract.ts"
import { taipeiDate, type Instant } from "../../src/kernel/time.ts"
import { fingerprintOf } from "../../src/web/api/fingerprint.ts"
import type { Acknowledged, Sent } from "./acknowledged.ts"
import { Died, Refused, type Client, type Login } from "./client.ts"
import { FORMAT, type Provider } from "./provider.ts"

interface Begun {
  readonly upload: string
  readonly offset: number
}

const PART_BYTES = 150_000
const LOOK_EVERY_MS = 200
/** A file takes under a second; a machine under load is forgiven much, a download that hangs is not. */
const MOST_LOOKS = 300
const now = () => new Date().toISOString()

/** Does the people's work of the main job over HTTP until the connection dies under it. */
export class Workers {
  readonly #client: Client
  readonly #said: Acknowledged
  readonly #provider: Provider

  constructor(client: Client, said: Acknowledged, provider: Provider) {
    this.#client = client
    this.#said = said
    this.#provider = provider
  }

  /** What a kill interrupted, else another file: from the notice to the release, as far as the server lives. */
  async workOneDelivery(): Promise<void> {
    await this.carryOn(this.#said.interrupted.shift() ?? (await this.#announce()))
  }

  async carryOn(id: string): Promise<void> {
    try {
      while ((await this.#step(id)) !== "released");
    } catch (error) {
      if (error instanceof Died) this.#said.interrupted.push(id)
      throw error
    }
  }

  async #announce(): Promise<string> {
    const via = randomInt(2) === 0 ? "upload" : "sftp"
    const file = await this.#provider.publish(via)
    const notice = {
      project: this.#provider.projects[via],
      happenedAt: now(),
      declaredRecords: file.records,
      appliedFor: { kind: "count", records: file.records },
      fileName: file.name,
      format: FORMAT,
      mail: null,
    }
    const { id } = await this.#client.send<{ id: string }>("handler", "POST", "/deliveries", notice)
    this.#said.sent.set(id, { file, via })
    this.#said.deliveries.set(id, { state: "announced", number: file.name })
    this.#said.actions++
    return id
  }

  /** Whatever comes next for the delivery as the server shows it; gives its state. */
  async #step(id: string): Promise<string> {
    const detail = await this.#client.get<DeliveryDetail>("handler", `/deliveries/${id}`)
    switch (detail.state) {
      case "announced":
        await this.#giveNotice("handler", id, "request-download")
        break
      case "download-requested":
        await this.#fetch(id)
        break
      case "downloaded":
        if (!detail.notices.some(({ duty }) => duty === "6-1c"))
          await this.#giveNotice("it-handler", id, "notify-ready")
        await this.#fill(id, detail)
        break
      case "registered":
        await this.#stamp("it-handler", detail, "it")
        await this.#stamp("supervisor", detail, "responsible")
        await this.#act("it-handler", id, "release", { to: detail.handler.person })
        break
    }
    return detail.state
  }

  /** On paper that somebody of the other office signed for: no mail server runs here. */
  async #giveNotice(login: Login, id: string, path: "request-download" | "notify-ready"): Promise<void> {
    const scan = await this.#client.bytes<{ file: string }>(
      login,
      "POST",
      "/scans",
      Buffer.from(`%PDF-1.7 ${id} ${path}`),
    )
    const { receivers } = await this.#client.get<DeliveryDetail>(login, `/deliveries/${id}`)
    const [receiver] = receivers[path === "request-download" ? "6-1a" : "6-1c"]
    const happenedAt = now()
    const date = taipeiDate(happenedAt as Instant)
    const channel = { kind: "paper", number: "1", date, receiver: receiver?.person, scan: scan.file }
    await this.#act(login, id, path, { happenedAt, channel })
  }

  async #fetch(id: string): Promise<void> {
    const sent = this.#sentAs(id)
    await (sent.via === "upload" ? this.#upload(id, sent) : this.#download(id, sent))
    await this.#note(id)
    await rm(sent.file.localPath)
  }

  /** Goes on where the server says that it stands, which is never before what it acknowledged. */
  async #upload(id: string, { file }: Sent): Promise<void> {
    const content = await readFile(file.localPath)
    const path = `/deliveries/${id}/upload`
    const begin = { bytes: content.length, fingerprint: await fingerprintOf(new Blob([content])) }
    const begun = await this.#client.send<Begun>("it-handler", "POST", path, begin)
    const { upload } = begun
    let { offset } = begun
    const known = this.#said.offsets.get(id) ?? 0
    if (offset < known) throw new Error(`upload of ${id} lost bytes: ${offset} of ${known}`)
    while (offset < content.length) {
      const part = content.subarray(offset, offset + PART_BYTES)
      const onto = `${path}?upload=${upload}&offset=${offset}`
      ;({ offset } = await this.#client.bytes<{ offset: number }>("it-handler", "PUT", onto, part))
      this.#said.offsets.set(id, offset)
    }
    await this.#client.send("it-handler", "POST", `${path}/finish`, { upload, name: file.name })
  }

  /** Asks for the file as often as a kill came; what came already is not fetched again. */
  async #download(id: string, { file }: Sent): Promise<void> {
    const look = () => this.#client.get<DeliveryDetail>("it-handler", `/deliveries/${id}`)
    try {
      await this.#client.send("it-handler", "POST", `/deliveries/${id}/download`, { path: file.path })
    } catch (error) {
      // A job that a kill left waiting may have fetched it just now.
      if (!(error instanceof Refused) || (await look()).fetched === null) throw error
    }
    try {
      let looks = 0
      for (let seen = await look(); seen.fetched === null; seen = await look()) {
        if (++looks > MOST_LOOKS) throw new Error(`the download of ${id} hangs`)
        const { state, failure } = seen.transfer ?? { state: "missing", failure: null }
        if (state !== "running") throw new Error(`the download of ${id} is ${state}: ${failure?.code ?? ""}`)
        await sleep(LOOK_EVERY_MS)
      }
    } catch (error) {
      if (error instanceof Died) this.#said.downloadsCut++
      throw error
    }
  }

  #fill(id: string, { announcement, project }: DeliveryDetail): Promise<void> {
    const { declaredRecords: records } = announcement
    const { purpose, legalDocument } = project
    return this.#act("handler", id, "register", { records, purpose, legalDocument, obtainedBy: "下載" })
  }

  async #stamp(login: Login, { id, entry }: DeliveryDetail, place: string): Promise<void> {
    if (entry === null) throw new Error(`${id} is registered without an entry`)
    if (entry.stamps.some((stamp) => stamp.place === place)) return
    const notedOn = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    await this.#act(login, id, "stamps", { place, notedOn, digest: entry.digest })
    this.#said.stamps.push({ delivery: id, place, digest: entry.digest })
  }

  async #act(login: Login, id: string, path: string, body: object): Promise<void> {
    await this.#client.send(login, "POST", `/deliveries/${id}/${path}`, body)
    await this.#note(id)
  }

  /** Remembers what the server has shown: it must never show less. */
  async #note(id: string): Promise<void> {
    const { state, number } = await this.#client.get<DeliveryDetail>("handler", `/deliveries/${id}`)
    this.#said.deliveries.set(id, { state, number })
    this.#said.actions++
  }

  #sentAs(id: string): Sent {
    const sent = this.#said.sent.get(id)
    if (sent === undefined) throw new Error(`nothing was sent for ${id}`)
    return sent
  }
}
