import { afterAll, beforeAll, expect, test } from "vitest"
import { browseEntries, readEntry } from "../../src/ledger/index.ts"
import type { UnitView } from "../../src/modules/people/contract.ts"
import { readTx } from "../../src/platform/db/tx.ts"
import { stranger, type Desk, type Office } from "../support/office.ts"
import { dutyTest } from "../support/duty-test.ts"
import { openScimOffice, patchOf, type ScimClient } from "../support/scim.ts"
import { vendorWithContract } from "../support/vendors.ts"

const USER = "urn:ietf:params:scim:schemas:core:2.0:User"
const PASSWORD = "A longer password 1"

let office: Office
let administrator: Desk
let hr: ScimClient
let units: readonly UnitView[]
beforeAll(async () => {
  ;({ office, administrator, hr } = await openScimOffice())
  units = (await administrator.get<UnitView[]>("/units")).body
})
afterAll(() => office.close())

const group = (kind: UnitView["kind"], role: string) =>
  `${units.find((unit) => unit.kind === kind)?.id ?? ""}.${role}`

const person = (userName: string, others: object = {}) => ({
  ...{ schemas: [USER], userName, displayName: "何新進", title: "技佐", active: true },
  ...others,
})

const add = (id: string) => patchOf({ op: "Add", path: "members", value: [{ value: id }] })

async function userNamed(userName: string): Promise<string> {
  const { body } = await hr("GET", `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`)
  return body.Resources[0]?.id ?? ""
}

const factsAbout = (id: string) =>
  office.runtime.db
    .selectFrom("ledger_entry")
    .select(["kind", "actor"])
    .where("about_id", "=", id)
    .orderBy("index")
    .execute()

/** What the newest fact of changed posts about a person says. */
async function latestChange(aboutId: string): Promise<unknown> {
  const { db, ledger } = office.runtime
  return readTx(db, async (tx) => {
    const { items } = await browseEntries(tx, { kind: "posts-changed", aboutId }, 1, 1)
    const entry = items[0] === undefined ? null : await readEntry(tx, ledger.sealKeys, items[0].index)
    return entry?.payload.state === "open" ? entry.payload.value : null
  })
}

/** The account of a person of the roster, signed in. */
async function signedIn(person: string, loginName: string) {
  const issued = await administrator.post<{ link: string }>("/accounts", { person, loginName })
  const token = issued.body.link.slice(issued.body.link.indexOf("#") + 1)
  await stranger(office).post("/set-password", { token, password: PASSWORD })
  const answer = await office.server.inject({
    ...{ method: "POST", url: "/api/sign-in", payload: { loginName, password: PASSWORD } },
    headers: { origin: office.runtime.origin, host: "localhost:8080" },
  })
  const cookie = `${answer.cookies[0]?.name ?? ""}=${answer.cookies[0]?.value ?? ""}`
  const headers = { host: "localhost:8080", cookie }
  return async () => (await office.server.inject({ url: "/api/me", headers })).statusCode
}

dutyTest("5-4a", "人事系統介接：到職、派任、離職，權限即時終止", async () => {
  const created = await hr("POST", "/Users", person("ho@health.example", { externalId: "E0042" }))
  expect(created.status).toBe(201)
  const { id, active } = created.body
  expect(active).toBe(false)
  expect(created.headers["location"]).toBe(`http://localhost:8080/scim/v2/Users/${id}`)

  const handlers = group("business", "handler")
  const added = await hr("PATCH", `/Groups/${handlers}`, add(id))
  expect(added.status).toBe(200)
  expect(added.body.members?.map(({ value }) => value)).toContain(id)
  const { body: now } = await hr("GET", `/Users/${id}`)
  expect([now.active, now.groups?.[0]?.value, now.externalId]).toEqual([true, handlers, "E0042"])

  const me = await signedIn(id, "ho")
  expect(await me()).toBe(200)
  office.clock.set("2026-11-02T02:00:00.000Z")
  const left = await hr("PATCH", `/Users/${id}`, patchOf({ op: "Replace", path: "active", value: "False" }))
  expect([left.status, left.body.active, left.body.groups]).toEqual([200, false, []])
  expect(await me()).toBe(401)
  expect(await latestChange(id)).toMatchObject({
    ...{ at: "2026-11-02T02:00:00.000Z", leaves: true, begun: [] },
    order: { kind: "resignation", effectiveOn: "2026-11-02", receivedOn: null, successor: null },
  })
  expect(await factsAbout(id)).toEqual([
    { kind: "person-created", actor: "system:scim:人事系統" },
    { kind: "posts-changed", actor: "system:scim:人事系統" },
    { kind: "posts-changed", actor: "system:scim:人事系統" },
  ])
})

const list = (kind: string, query: Record<string, string>) =>
  hr("GET", `/${kind}?${new URLSearchParams(query).toString()}`)

test("查詢條件、分頁及所示屬性，依 RFC 7644", async () => {
  const all = await list("Users", {})
  expect(all.body.totalResults).toBeGreaterThan(9)
  const names = all.body.Resources.map(({ userName }) => userName)
  const second = await list("Users", { startIndex: "4", count: "3" })
  expect(second.body.Resources.map(({ userName }) => userName)).toEqual(names.slice(3, 6))
  expect([second.body.itemsPerPage, second.body.totalResults]).toEqual([3, all.body.totalResults])
  expect((await list("Users", { count: "0" })).body.Resources).toEqual([])
  expect((await list("Users", { startIndex: "999" })).body.Resources).toEqual([])
  const found = async (filter: string) =>
    (await list("Users", { filter })).body.Resources.map(({ userName }) => userName)
  expect(await found('USERNAME Eq "HANDLER@health.example"')).toEqual(["handler@health.example"])
  expect(await found('emails[type eq "work" and value eq "director@health.example"]')).toEqual([
    "director@health.example",
  ])
  expect(
    await found('urn:ietf:params:scim:schemas:core:2.0:User:displayName sw "林" and active eq true'),
  ).toEqual(["handler@health.example"])
  expect(await found(`groups.value eq "${group("ethics-office", "auditor")}"`)).toEqual([
    "auditor@health.example",
  ])
  expect(await found('externalId eq "nobody"')).toEqual([])
  const wrong = await list("Users", { filter: "userName xx" })
  expect([wrong.status, wrong.body.scimType]).toEqual([400, "invalidFilter"])
  const few = await list("Users", { attributes: "userName", count: "1" })
  expect(Object.keys(few.body.Resources[0] ?? {}).toSorted()).toEqual(["id", "userName"])
  const bare = await list("Groups", {
    excludedAttributes: "members",
    filter: 'displayName co "資訊室承辦人"',
  })
  expect(bare.body.Resources.map(({ id, members }) => [id, members])).toEqual([
    [group("it-office", "it-handler"), undefined],
  ])
})

test("更新人員：姓名、職稱、信箱及員工編號；未保存之屬性不影響其餘變更", async () => {
  const { body } = await hr("POST", "/Users", person("Nei@health.example", { externalId: "E0100" }))
  const patched = await hr(
    "PATCH",
    `/Users/${body.id}`,
    patchOf(
      { op: "replace", path: "name.familyName", value: "歐陽" },
      { op: "Add", path: 'phoneNumbers[type eq "work"].value', value: "02-2720" },
      { op: "replace", value: { [`${USER}:title`]: "技士", nickName: "阿內", externalId: "E0101" } },
      { op: "Add", path: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", value: "x" },
    ),
  )
  expect([patched.status, patched.body.title, patched.body.displayName, patched.body.externalId]).toEqual([
    ...[200, "技士", "歐陽", "E0101"],
  ])
  const put = await hr("PUT", `/Users/${body.id}`, person("nei2@health.example", { displayName: "歐陽內" }))
  expect([put.body.userName, put.body.displayName, put.body.title, put.body.externalId]).toEqual([
    ...["nei2@health.example", "歐陽內", "技佐", undefined],
  ])
  expect((await factsAbout(body.id)).map(({ kind }) => kind)).toEqual([
    ...["person-created", "person-updated", "person-updated"],
  ])
  const same = await hr("PUT", `/Users/${body.id}`, person("nei2@health.example", { displayName: "歐陽內" }))
  expect(same.status).toBe(200)
  expect(await factsAbout(body.id)).toHaveLength(3)
  const taken = await hr("POST", "/Users", person("NEI2@health.example"))
  expect([taken.status, taken.body.scimType]).toEqual([409, "uniqueness"])
  const other = await hr("POST", "/Users", person("nei3@health.example", { externalId: "E0102" }))
  for (const value of [{ userName: "handler@HEALTH.example" }, { externalId: "e0042" }]) {
    const refused = await hr("PATCH", `/Users/${other.body.id}`, patchOf({ op: "replace", value }))
    expect([refused.status, refused.body.scimType]).toEqual([409, "uniqueness"])
  }
  const untitled = await hr("POST", "/Users", { ...person("x@health.example"), title: undefined })
  expect([untitled.status, untitled.body.scimType]).toEqual([400, "invalidValue"])
  expect(untitled.body.detail).toContain("title")
})

dutyTest("2-1", "群組即單位之職務：非該單位所設之職務及互斥之職務均不得派任", async () => {
  const { body } = await hr("POST", "/Users", person("chun@health.example"))
  const refusedAt = async (id: string) => {
    const { status, body: error } = await hr("PATCH", `/Groups/${id}`, add(body.id))
    return [status, error.detail.slice(0, 9)]
  }
  expect(await refusedAt(group("business", "administrator"))).toEqual([404, "查無此項資料，或您"])
  expect(await refusedAt(group("business", "director"))).toEqual([404, "查無此項資料，或您"])
  expect((await hr("PATCH", `/Groups/${group("business", "handler")}`, add(body.id))).status).toBe(200)
  expect(await refusedAt(group("it-office", "administrator"))).toEqual([400, "系統管理者不得兼任"])
  expect(await refusedAt(group("ethics-office", "ethics-officer"))).toEqual([400, "系統管理者不得兼任"])
  const stranger = await hr("PATCH", `/Groups/${group("business", "handler")}`, add(body.meta.location))
  expect([stranger.status, stranger.body.scimType]).toEqual([400, "invalidValue"])
  expect((await hr("POST", "/Groups", { displayName: "新群組" })).status).toBe(403)
  expect((await hr("DELETE", `/Groups/${group("business", "handler")}`)).status).toBe(403)
  const renamed = { op: "replace", path: "displayName", value: "別名" }
  expect((await hr("PATCH", `/Groups/${group("business", "handler")}`, patchOf(renamed))).status).toBe(403)
})

dutyTest("5-4a", "調任：自原群組移出並加入新群組，兩職務依序終止及開始", async () => {
  const { body } = await hr("POST", "/Users", person("diao@health.example"))
  const [from, to] = [group("business", "handler"), group("health-center", "center-handler")]
  await hr("PATCH", `/Groups/${from}`, add(body.id))
  const remove = { op: "Remove", path: `members[value eq "${body.id}"]` }
  expect((await hr("PATCH", `/Groups/${from}`, patchOf(remove))).status).toBe(200)
  expect(await latestChange(body.id)).toMatchObject({ order: { kind: "transfer" }, begun: [] })
  const { body: before } = await hr("GET", `/Groups/${to}`)
  const members = [...(before.members ?? []), { value: body.id }]
  const put = await hr("PUT", `/Groups/${to}`, { displayName: before.displayName, members })
  expect(put.body.members).toHaveLength(members.length)
  const user = await hr("GET", `/Users/${body.id}`)
  expect(user.body.groups?.map(({ value }) => value)).toEqual([to])
  expect((await hr("DELETE", `/Users/${body.id}`)).status).toBe(204)
  expect((await hr("GET", `/Users/${body.id}`)).body.active).toBe(false)
})

test("帶入群組、識別碼或其他欄位，均不因此取得職務", async () => {
  const administrators = group("it-office", "administrator")
  const extra = { groups: [{ value: administrators }], roles: [{ value: "administrator" }], vendor: null }
  const { body } = await hr("POST", "/Users", person("plain@health.example", { ...extra, id: "mine" }))
  const put = await hr("PUT", `/Users/${body.id}`, { ...person("plain@health.example"), ...extra })
  const patch = await hr(
    "PATCH",
    `/Users/${body.id}`,
    patchOf(
      { op: "add", path: "groups", value: [{ value: administrators }] },
      { op: "replace", value: { active: "True" } },
    ),
  )
  for (const { status, body: user } of [put, patch])
    expect([status, user.id, user.active, user.groups]).toEqual([200, body.id, false, []])
  expect((await factsAbout(body.id)).map(({ kind }) => kind)).toEqual(["person-created"])
})

test("兩程式同時異動同一群組，互不抵銷", async () => {
  const handlers = group("business", "handler")
  const ids = await Promise.all(
    ["a", "b", "c"].map(
      async (name) => (await hr("POST", "/Users", person(`${name}@health.example`))).body.id,
    ),
  )
  const answers = await Promise.all(ids.map((id) => hr("PATCH", `/Groups/${handlers}`, add(id))))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  const { body } = await hr("GET", `/Groups/${handlers}`)
  const members = body.members?.map(({ value }) => value)
  for (const id of ids) expect(members).toContain(id)
})

test("最後一位系統管理者不得由介接程式停用", async () => {
  const id = await userNamed("administrator@health.example")
  const off = patchOf({ op: "replace", value: { active: "False" } })
  const refused = await hr("PATCH", `/Users/${id}`, off)
  expect([refused.status, refused.body.detail.slice(0, 14)]).toEqual([409, "此為唯一可登入之系統管理者帳"])
  expect((await hr("GET", `/Users/${id}`)).body.active).toBe(true)
  const group0 = group("it-office", "administrator")
  expect((await hr("PATCH", `/Groups/${group0}`, patchOf({ op: "remove", path: "members" }))).status).toBe(
    409,
  )
  const attempts = await office.runtime.db
    .selectFrom("ledger_entry")
    .select("actor")
    .where("kind", "=", "attempt-refused")
    .where("about_id", "=", "change-posts")
    .execute()
  expect(attempts.at(-1)).toEqual({ actor: "system:scim:人事系統" })
})

dutyTest("5-8a", "委外廠商人員不在介接範圍，不得查得或派任", async () => {
  const { person } = await vendorWithContract(office)
  expect((await hr("GET", `/Users/${person}`)).status).toBe(404)
  expect((await hr("PATCH", `/Groups/${group("business", "handler")}`, add(person))).status).toBe(400)
})

test("ServiceProviderConfig、ResourceTypes、Schemas 及錯誤回覆，依 RFC 7643", async () => {
  const config = await hr("GET", "/ServiceProviderConfig")
  expect(config.body).toMatchObject({
    ...{ patch: { supported: true }, filter: { supported: true, maxResults: 200 } },
    ...{ bulk: { supported: false }, authenticationSchemes: [{ type: "oauthbearertoken" }] },
  })
  expect(config.headers["content-type"]).toBe("application/scim+json; charset=utf-8")
  const types = await hr("GET", "/ResourceTypes")
  expect(types.body.Resources.map(({ id }) => id)).toEqual(["User", "Group"])
  expect((await hr("GET", "/ResourceTypes/User")).body).toMatchObject({ endpoint: "/Users", schema: USER })
  expect((await hr("GET", `/Schemas/${USER}`)).body).toMatchObject({ id: USER, name: "User" })
  for (const path of ["/Users/nobody", "/Schemas/x", "/Groups/x", "/Bulk", "/Users/x/y"]) {
    const { status, body, headers } = await hr("GET", path)
    expect([path, status, headers["content-type"]]).toEqual([
      path,
      404,
      "application/scim+json; charset=utf-8",
    ])
    expect(body).toMatchObject({ schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: "404" })
  }
})

test("內容須為 UTF-8 之 JSON，且不得含無法保存之字元", async () => {
  const big5 = Buffer.concat([Buffer.from('{"displayName":"'), Buffer.from([0xa4, 0xa4]), Buffer.from('"}')])
  for (const body of [big5, Buffer.from("{"), Buffer.from("[]"), Buffer.from('"x"')]) {
    const { status, body: error } = await hr("POST", "/Users", body)
    expect(status).toBe(400)
    expect(error).toMatchObject({ schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"] })
  }
  expect((await hr("POST", "/Users", person("nul@health.example", { title: "a\0b" }))).status).toBe(400)
  const twice = await hr("GET", "/Users?filter=id%20pr&filter=id%20pr")
  expect(twice.status).toBe(400)
})
