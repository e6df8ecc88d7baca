import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { z } from "zod"
import type { Published } from "../publish.ts"
import type { ProviderSim } from "../simulator.ts"
import { sendNotice } from "../notice.ts"
import { FORMATS } from "../synthetic/formats.ts"

const FileSpecBody = z.strictObject({
  name: z.string(),
  format: z.enum(FORMATS),
  records: z.int().nonnegative().exactOptional(),
  bytes: z.int().nonnegative().exactOptional(),
  firstPerson: z.int().nonnegative().exactOptional(),
  lineEnd: z.enum(["lf", "crlf"]).exactOptional(),
  header: z.boolean().exactOptional(),
  rareEvery: z.int().nonnegative().exactOptional(),
  lineBreaks: z.boolean().exactOptional(),
  declaredRecords: z.int().nonnegative().exactOptional(),
  cutBytes: z.int().nonnegative().exactOptional(),
})
const NoticeBody = z.strictObject({
  /** Name of a published file. */
  name: z.string(),
  to: z.email(),
  /** Send it there; without it the reply is the `.eml`. */
  smtp: z.strictObject({ host: z.string(), port: z.int() }).exactOptional(),
})

export interface ControlServer {
  readonly port: number
  stop: () => Promise<void>
}

/** Steers a running simulator over HTTP: `POST /files` (a FileSpec), `POST /notices`, `GET /mails`, `GET /`. */
export async function startControlServer(sim: ProviderSim, port: number): Promise<ControlServer> {
  const published = new Map<string, Published>()
  const server = createServer((request, response) => {
    answer(sim, published, request).then(
      (body) => {
        const raw = Buffer.isBuffer(body)
        response.writeHead(200, { "content-type": raw ? "message/rfc822" : "application/json" })
        response.end(raw ? body : JSON.stringify(body))
      },
      (error: unknown) => {
        response.writeHead(400, { "content-type": "application/json" })
        response.end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }))
      },
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve)
  })
  const stop = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
  return { port: (server.address() as AddressInfo).port, stop }
}

async function answer(
  sim: ProviderSim,
  published: Map<string, Published>,
  request: IncomingMessage,
): Promise<unknown> {
  switch (`${request.method ?? ""} ${request.url ?? ""}`) {
    case "GET /":
      return { sftp: sim.sftp, smtp: sim.smtp, files: [...published.values()] }
    case "GET /mails":
      return sim.receivedMails()
    case "POST /files": {
      const file = await sim.publish(FileSpecBody.parse(await bodyOf(request)))
      published.set(file.name, file)
      return file
    }
    case "POST /notices": {
      const { name, to, smtp } = NoticeBody.parse(await bodyOf(request))
      const file = published.get(name)
      if (file === undefined) throw new Error(`no file ${name} was published`)
      return smtp === undefined
        ? await sim.noticeMail({ file, to })
        : { response: await sendNotice(smtp, { file, to }) }
    }
    default:
      throw new Error("ask GET /, GET /mails, POST /files or POST /notices")
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString("utf8"))
}
