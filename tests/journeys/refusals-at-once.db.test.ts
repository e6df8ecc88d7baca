import { sql } from "kysely"
import { afterAll, beforeAll, expect, test } from "vitest"
import { checkIntegrity } from "../../src/app/integrity.ts"
import { inTx } from "../../src/platform/db/tx.ts"
import { openOffice, type Desk, type Office } from "../support/office.ts"

const BURST = 200
const COMMANDS = 20

let office: Office
let handler: Desk
let linkage: string | undefined
beforeAll(async () => {
  office = await openOffice()
  handler = await office.as("handler")
  const { body: linkages } = await handler.get<{ id: string }[]>("/linkages")
  linkage = linkages[0]?.id
})
afterAll(() => office.close())

const project = (name: string, legalDocument: string) =>
  handler.post("/projects", { linkage, name, purpose: "測試", legalDocument })

async function entries(): Promise<{ readonly index: number; readonly kind: string }[]> {
  return office.runtime.db.selectFrom("ledger_entry").select(["index", "kind"]).orderBy("index").execute()
}

/** Has every append wait until the function it resolves with is called. */
async function holdLedger(): Promise<() => Promise<void>> {
  const held = Promise.withResolvers<undefined>()
  const released = Promise.withResolvers<undefined>()
  const holding = inTx(office.runtime.db, async (tx) => {
    await sql`select ledger_take_turn()`.execute(tx)
    held.resolve(undefined)
    await released.promise
  })
  await held.promise
  return () => {
    released.resolve(undefined)
    return holding
  }
}

test("防竄改：兩百件請求同時遭拒，留存之後始得答覆，逐件留存且連號，軌跡紀錄仍可驗證", async () => {
  const before = await entries()
  const release = await holdLedger()
  let answered = 0
  const refused = async () => {
    const { status } = await project("缺依據", "")
    answered += 1
    return status
  }
  const refusals = Promise.all(Array.from({ length: BURST }, refused))
  // Takes its turn among the database's connections after all of them.
  await handler.get("/linkages")
  expect(answered).toBe(0)

  await release()
  const commands = await Promise.all(
    Array.from({ length: COMMANDS }, async (_, i) => (await project(`專案${i}`, "北市衛字第1號")).status),
  )
  expect(await refusals).toEqual(Array(BURST).fill(422))
  expect(commands).toEqual(Array(COMMANDS).fill(200))

  const after = (await entries()).slice(before.length)
  expect(after.map(({ index }) => index)).toEqual(after.map((_, i) => before.length + i))
  expect(after.filter(({ kind }) => kind === "attempt-refused")).toHaveLength(BURST)
  expect(after).toHaveLength(BURST + COMMANDS)
  expect((await checkIntegrity(office.runtime)).findings).toEqual([])
})
