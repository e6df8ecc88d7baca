import { expect, test } from "vitest"
import { refuseUnfit, type ServerSettings } from "./assert-durable.ts"
import { reached } from "./reached.ts"

const FIT: ServerSettings = {
  version: "150004",
  encoding: "UTF8",
  fsync: "on",
  fullPageWrites: "on",
  synchronousCommit: "on",
}

test("a server is refused by what is wrong with it, and only then", () => {
  refuseUnfit(FIT)
  refuseUnfit({ ...FIT, version: "180004" })
  expect(() => refuseUnfit({ ...FIT, version: "140011" })).toThrow(
    /^資料庫為 PostgreSQL 14，本系統需要 15 以上/,
  )
  expect(() => refuseUnfit({ ...FIT, encoding: "SQL_ASCII" })).toThrow(/^資料庫編碼為 SQL_ASCII/)
})

test("a database that cannot be reached is one line that names the setting; another error stays itself", async () => {
  const failing = (error: Error) => reached("DATABASE_URL", () => Promise.reject(error))
  const refused = Object.assign(new Error("connect ECONNREFUSED"), {
    code: "ECONNREFUSED",
    syscall: "connect",
  })
  await expect(failing(refused)).rejects.toThrow(/^無法使用 DATABASE_URL 所指之資料庫：ECONNREFUSED（/)
  const none = Object.assign(new Error('database "nope" does not exist'), { code: "3D000" })
  await expect(failing(none)).rejects.toMatchObject({ name: "StartError" })
  const ours = Object.assign(new Error("syntax error"), { code: "42601" })
  await expect(failing(ours)).rejects.toBe(ours)
})
