import { afterAll, beforeAll, expect, test } from "vitest"
import { routesOf } from "../../src/app/http/routes.ts"
import { modulesAt } from "../../src/app/modules.ts"
import { openOffice, type Answer, type Desk, type Office } from "../support/office.ts"
import { FILLED, noticeRecorded, UTF8_CSV } from "../support/story.ts"

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const NOBODY = "01900000-0000-7000-8000-000000000000"
const AT = "2026-11-02T00:00:00.000Z"
const NOTICE = { happenedAt: AT, channel: { kind: "mail" } }
const COLUMNS = { ...FILLED, records: 1 }

/** What every act takes when it is well formed, so that nothing but the person can be what is wrong. */
const BODIES: Readonly<Record<string, object>> = {
  "request-download": NOTICE,
  "notify-ready": NOTICE,
  lapse: { reason: "撤回", happenedAt: AT },
  download: { path: "/out/file.csv" },
  upload: { bytes: 1, fingerprint: "0".repeat(64) },
  "upload/finish": { upload: NOBODY, name: "file.csv" },
  "set-aside": { reason: "內容錯誤" },
  count: { password: null, format: UTF8_CSV },
  release: { to: NOBODY },
  open: {},
  comparison: { accessedRecords: 1, explanation: null, happenedAt: AT },
  "comparison/confirm": {},
  "comparison/dispute": { letter: "北市衛字第1號", reason: "筆數不符", happenedAt: AT },
  register: COLUMNS,
  "register/revise": { ...COLUMNS, itHandler: null },
  "register/void": { reason: "誤植" },
  stamps: { place: "it", notedOn: "2026-11-02", digest: "0".repeat(64) },
  corrections: { ...COLUMNS, noticedAt: AT, handler: NOBODY, reason: "誤植" },
  "corrections/withdraw": {},
  "corrections/reject": { reason: "誤植" },
  "corrections/confirm": {},
}
const QUERIES: Readonly<Record<string, string>> = {
  upload: `?upload=${NOBODY}&offset=0`,
  "notice-form": "?duty=6-1a",
}

const routes = () =>
  routesOf(office.runtime, modulesAt(office.runtime.origin))
    .map(({ endpoint }) => endpoint)
    .filter(({ path }) => path.startsWith("/deliveries/:id"))

async function ask(desk: Desk, method: string, id: string, act: string): Promise<Answer> {
  const path = `/deliveries/${id}${act === "" ? "" : `/${act}`}`
  if (method === "GET") return desk.get(`${path}${QUERIES[act] ?? ""}`)
  if (method === "PUT") return desk.put(`${path}${QUERIES[act] ?? ""}`, Buffer.from("a"))
  return desk.post(path, BODIES[act])
}

test.each(["center-handler", "center-head", "administrator"])(
  "非其單位之資料檔案，任何作業均答以查無此項，與不存在者無異：%s",
  async (login) => {
    const { id } = await noticeRecorded(office)
    const desk = await office.as(login)
    const answers = []
    for (const { method, path } of routes()) {
      const act = path.slice("/deliveries/:id/".length).replace(/:\w+/, NOBODY)
      const [theirs, none] = [await ask(desk, method, id, act), await ask(desk, method, NOBODY, act)]
      answers.push({
        method,
        act,
        status: theirs.status,
        body: theirs.body,
        same: theirs.bytes.equals(none.bytes),
      })
    }
    expect(answers.length).toBeGreaterThan(20)
    expect(answers.filter(({ status, same }) => status !== 404 || !same)).toEqual([])
  },
)
