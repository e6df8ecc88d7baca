import { mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { openSmallOffice, type SmallOffice } from "../../tests/support/small-office.ts"
import { startMailServer, type MailServer } from "../../tools/provider-sim/servers/mail-server.ts"
import { readConfig } from "../platform/config.ts"
import { inTx } from "../platform/db/tx.ts"
import { queueMail } from "../platform/mail/index.ts"
import { startPostman } from "./mail.ts"

let office: SmallOffice
let dir: string
let server: MailServer
beforeAll(async () => {
  office = await openSmallOffice([])
  dir = await mkdtemp(join(tmpdir(), "postman-"))
  server = await startMailServer({ directory: dir, port: 0, host: "127.0.0.1" })
})
afterAll(async () => {
  await server.stop()
  await office.close()
  await rm(dir, { recursive: true })
})

test("mail leaves under the sender that HUSHOU_MAIL_FROM names, in envelope and header", async () => {
  const { runtime } = office
  const draft = { to: "it@health.example", kind: "test", subject: "案號", body: "115-0007", link: "/d/7" }
  await inTx(runtime.db, (tx) => queueMail(tx, { ...draft, idempotencyKey: "one" }, runtime.clock.now()))
  const config = readConfig({ HUSHOU_DATA: dir, HUSHOU_MAIL_FROM: "no-reply@health.example" })
  const postman = startPostman(runtime, config, `smtp://127.0.0.1:${server.port}`)
  await expect.poll(() => server.received.length, { timeout: 10_000 }).toBe(1)
  await postman.stop()
  expect(server.received[0]).toMatchObject({ from: "no-reply@health.example" })
  const [name = ""] = (await readdir(dir)).filter((each) => each.endsWith(".eml"))
  expect(await readFile(join(dir, name), "latin1")).toMatch(/^From: .*<no-reply@health\.example>\r$/m)
})
