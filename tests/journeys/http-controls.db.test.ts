import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { DEMO_PASSWORD } from "../../src/app/demo/seed.ts"
import { createServer } from "../../src/app/http/server.ts"
import { routesOf } from "../../src/app/http/routes.ts"
import { modulesAt } from "../../src/app/modules.ts"
import type { Problem } from "../../src/contract/problem.ts"
import { plusMs } from "../../src/kernel/time.ts"
import { reservedIdNumber } from "../../tools/provider-sim/synthetic/id-numbers.ts"
import { openOffice, type Office } from "../support/office.ts"

const ORIGIN = "http://localhost:8080"
const HOST = "localhost:8080"
const PROBLEM = /^application\/problem\+json/

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

interface Request {
  readonly method?: "GET" | "POST"
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly payload?: object | string
  readonly remoteAddress?: string
}

interface OpenApi {
  readonly paths: Record<
    string,
    Record<string, { readonly parameters: readonly { readonly $ref?: string }[] }>
  >
  readonly components: {
    readonly securitySchemes: { readonly session: { readonly name: string } }
    readonly parameters: Readonly<Record<string, unknown>>
  }
}

const ask = ({ method = "GET", headers = {}, ...rest }: Request) =>
  office.server.inject({ method, headers: { host: HOST, origin: ORIGIN, ...headers }, ...rest })

const codesIn = (answer: { json: () => unknown }) =>
  (answer.json() as Problem).refusals.map((refusal) => refusal.code)

const signIn = (loginName: string, password: string) =>
  ask({ method: "POST", url: "/api/sign-in", payload: { loginName, password } })

const sessionOf = (answer: Awaited<ReturnType<typeof signIn>>) => {
  const [cookie] = answer.cookies
  return { cookie: `${cookie?.name}=${cookie?.value}` }
}

const minutesLater = (minutes: number) => office.clock.set(plusMs(office.clock.now(), minutes * 60_000))

async function stateOf(): Promise<unknown> {
  const { db } = office.runtime
  const people = await db.selectFrom("person").selectAll().orderBy("id").execute()
  const sessions = await db.selectFrom("session").selectAll().orderBy("token_hash").execute()
  const units = await db.selectFrom("unit").selectAll().orderBy("id").execute()
  return { people, sessions, units }
}

describe("標頭", () => {
  test.each(["/", "/api/health", "/api/nowhere"])("每一回應皆帶安全標頭：%s", async (url) => {
    const { headers } = await ask({ url })
    const policy = String(headers["content-security-policy"]).split(";")
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'self'",
        "script-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
      ]),
    )
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-resource-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "x-frame-options": "SAMEORIGIN",
    })
    expect(headers).not.toHaveProperty("x-powered-by")
    // Over plain HTTP the header would lock browsers out of this very address.
    expect(headers).not.toHaveProperty("strict-transport-security")
  })

  test("以 HTTPS 提供服務時帶 HSTS，工作階段 Cookie 綁定此來源", async () => {
    const origin = "https://hushou.example.gov.tw"
    const server = await createServer({ ...office.runtime, origin }, 1000)
    const answer = await server.inject({
      method: "POST",
      url: "/api/sign-in",
      headers: { host: "hushou.example.gov.tw", origin },
      payload: { loginName: "handler", password: DEMO_PASSWORD },
    })
    await server.close()
    expect(answer.statusCode).toBe(204)
    expect(answer.headers["strict-transport-security"]).toBe("max-age=31536000")
    expect(answer.cookies).toMatchObject([
      { name: "__Host-hushou_session", path: "/", httpOnly: true, secure: true, sameSite: "Lax" },
      { name: "__Host-hushou_device", path: "/", httpOnly: true, secure: true, sameSite: "Lax" },
    ])
  })
})

describe("來源", () => {
  test.each([
    ["無來源", undefined],
    ["null", "null"],
    ["他站", "https://evil.example"],
    ["同名他埠", "http://localhost:8081"],
    ["冒名前綴", `${ORIGIN}.evil.example`],
  ])("他站送出之變更一律拒絕且不生效果：%s", async (_, origin) => {
    const session = sessionOf(await signIn("administrator", DEMO_PASSWORD))
    const before = await stateOf()
    for (const [url, payload] of [
      ["/api/units", { name: "冒名課室", shortName: "冒名", kind: "business" }],
      ["/api/sign-out", {}],
      ["/api/sign-in", { loginName: "handler", password: DEMO_PASSWORD }],
    ] as const) {
      const answer = await office.server.inject({
        method: "POST",
        url,
        headers: { host: HOST, ...session, ...(origin === undefined ? {} : { origin }) },
        payload,
      })
      expect(answer.statusCode).toBe(403)
      expect(codesIn(answer)).toEqual(["CROSS_SITE_REQUEST"])
      expect(answer.cookies).toEqual([])
    }
    expect(await stateOf()).toEqual(before)
  })

  test("以位址連線者轉至唯一來源，探測除外", async () => {
    const answer = await ask({ url: "/register?year=115", headers: { host: "127.0.0.1:8080" } })
    expect(answer.statusCode).toBe(308)
    expect(answer.headers.location).toBe(`${ORIGIN}/register?year=115`)
    const twisted = await ask({ url: "//evil.example/", headers: { host: "127.0.0.1:8080" } })
    expect(new URL(String(twisted.headers.location)).origin).toBe(ORIGIN)
    expect((await ask({ url: "/api/health", headers: { host: "127.0.0.1:8080" } })).statusCode).toBe(200)
  })
})

describe("不受理之請求", () => {
  test("內容過大", async () => {
    const payload = { loginName: "handler", password: "x".repeat(1024 * 1024) }
    const answer = await ask({ method: "POST", url: "/api/sign-in", payload })
    expect(answer.statusCode).toBe(413)
    expect(answer.headers["content-type"]).toMatch(PROBLEM)
    expect(codesIn(answer)).toEqual(["BODY_TOO_LARGE"])
  })

  test.each([
    ["GET", "/api/nowhere"],
    ["GET", "/api"],
    ["GET", "/api/a/b"],
    ["GET", "/a/b/c/d/e"],
    ["POST", "/api/nowhere"],
    ["POST", "/register"],
  ] as const)("不存在之路徑：%s %s", async (method, url) => {
    const answer = await ask({ method, url, ...(method === "POST" ? { payload: {} } : {}) })
    expect(answer.statusCode).toBe(404)
    expect(answer.headers["content-type"]).toMatch(PROBLEM)
    expect(codesIn(answer)).toEqual(["NOT_FOUND"])
  })

  test.each([
    ["非 JSON", "{", "application/json"],
    ["他種內容", "<a/>", "application/xml"],
    ["污染原型", '{"__proto__":{"x":1}}', "application/json"],
  ])("無法解讀之內容：%s", async (_, payload, type) => {
    const answer = await ask({
      method: "POST",
      url: "/api/sign-in",
      headers: { "content-type": type },
      payload,
    })
    expect(answer.statusCode).toBe(422)
    expect(answer.headers["content-type"]).toMatch(PROBLEM)
    expect(codesIn(answer)).toEqual(["INVALID_INPUT"])
  })
})

describe("請求次數", () => {
  const within = async (
    max: number,
    proxies: readonly string[],
    work: (limited: Limited) => Promise<void>,
  ) => {
    const server = await createServer(office.runtime, max, proxies)
    await work(({ headers = {}, ...rest }) =>
      server.inject({ headers: { host: HOST, origin: ORIGIN, ...headers }, ...rest }),
    )
    await server.close()
  }
  type Limited = (request: Request) => ReturnType<typeof ask>

  test("同一位址請求過多，他位址不受影響", async () => {
    await within(5, [], async (limited) => {
      const health = (remoteAddress: string) => limited({ url: "/api/health", remoteAddress })
      for (let i = 0; i < 5; i++) expect((await health("10.0.0.1")).statusCode).toBe(200)
      const sixth = await health("10.0.0.1")
      expect(sixth.statusCode).toBe(429)
      expect(sixth.headers["content-type"]).toMatch(PROBLEM)
      expect(sixth.headers["x-content-type-options"]).toBe("nosniff")
      expect(codesIn(sixth)).toEqual(["TOO_MANY_REQUESTS"])
      expect((await health("10.0.0.2")).statusCode).toBe(200)
    })
  })

  test.each<[string, Request, number]>([
    ["不存在之路徑", { method: "POST", url: "/api/nope", payload: {} }, 404],
    ["不存在之畫面", { url: "/a/b/c/d/e" }, 404],
    ["無法解讀之網址", { url: "/%zz" }, 404],
    ["他站送出者", { method: "POST", url: "/api/sign-in", headers: { origin: "https://evil.example" } }, 403],
    ["以位址連線者", { url: "/register", headers: { host: "127.0.0.1:8080" } }, 308],
  ])("遭拒或查無者同計次數：%s", async (_, request, status) => {
    await within(3, [], async (limited) => {
      const statuses = []
      for (let i = 0; i < 5; i++) statuses.push((await limited(request)).statusCode)
      expect(statuses).toEqual([status, status, status, 429, 429])
    })
  })

  test("湧入之請求僅首次超過時留存紀錄", async () => {
    const { db } = office.runtime
    const counted = async () => {
      const rows = await db.selectFrom("anonymous_refusal").select(["code", "count"]).execute()
      return rows
        .filter(({ code }) => code === "TOO_MANY_REQUESTS")
        .reduce((sum, { count }) => sum + count, 0)
    }
    const before = await counted()
    await within(3, [], async (limited) => {
      for (let i = 0; i < 20; i++) await limited({ url: "/api/nope", remoteAddress: "10.0.0.3" })
    })
    expect((await counted()) - before).toBe(1)
  })

  test("經所設代理者，以代理所載之位址計數；他人自稱之位址不採", async () => {
    const from = (limited: Limited, remoteAddress: string, client: string) =>
      limited({ url: "/api/health", remoteAddress, headers: { "x-forwarded-for": client } })
    await within(2, ["10.9.0.0/24"], async (limited) => {
      for (const client of ["10.0.0.1", "10.0.0.2", "forged, 10.0.0.3"]) {
        const statuses = []
        for (let i = 0; i < 3; i++) statuses.push((await from(limited, "10.9.0.1", client)).statusCode)
        expect(statuses).toEqual([200, 200, 429])
      }
      const invented = []
      for (let i = 0; i < 3; i++) invented.push((await from(limited, "10.8.0.1", `192.0.2.${i}`)).statusCode)
      expect(invented).toEqual([200, 200, 429])
    })
  })
})

describe("登入", () => {
  test("工作階段 Cookie 不為程式碼所見，亦不隨他站請求送出", async () => {
    const answer = await signIn("handler", DEMO_PASSWORD)
    expect(answer.cookies).toMatchObject([
      { name: "hushou_session", path: "/", httpOnly: true, sameSite: "Lax" },
      { name: "hushou_device", path: "/", httpOnly: true, sameSite: "Lax" },
    ])
    expect(answer.cookies[0]).not.toHaveProperty("domain")
  })

  test("密碼錯誤與查無帳號，同一用語；帳號大小寫不另計次", async () => {
    const unknown = await signIn("nobody-of-that-name", "wrong password")
    const wrong = await signIn("director", "wrong password")
    expect(wrong.statusCode).toBe(401)
    expect(wrong.body).toBe(unknown.body)
    for (const name of ["DIRECTOR", "Director", "dIRECTOR", "directoR"])
      expect((await signIn(name, "wrong password")).body).toBe(unknown.body)
    expect((await signIn("director", DEMO_PASSWORD)).body).toBe(unknown.body)
    minutesLater(15)
    expect((await signIn("director", DEMO_PASSWORD)).statusCode).toBe(204)
  })

  test("帳號欄所填文字，無論有無該帳號，均不留存原文", async () => {
    const { db } = office.runtime
    const typed = ["My-Password-2026", "Y160000017", "auditor"]
    for (const name of typed) await signIn(name, "wrong password")
    const rows = await db.selectFrom("sign_in_lock").selectAll().execute()
    expect(rows.length).toBeGreaterThanOrEqual(typed.length)
    const kept = JSON.stringify(rows).toLowerCase()
    for (const name of typed) expect(kept).not.toContain(name.toLowerCase())
    const subject = office.runtime.keyring.pseudonym("Y160000017")
    expect(kept, "a name cannot be matched with a subject of the ledger").not.toContain(subject)
    await db.deleteFrom("sign_in_lock").execute()
  })

  test("五次錯誤即鎖定十五分鐘，同時湧入五十次亦同", async () => {
    const burst = Array.from({ length: 50 }, (_, i) => signIn("supervisor", `wrong password ${i}`))
    const answers = await Promise.all(burst)
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1)
    const { db } = office.runtime
    const { failures } = await db.selectFrom("sign_in_lock").select("failures").executeTakeFirstOrThrow()
    expect(failures).toBe(5)
    expect((await signIn("supervisor", DEMO_PASSWORD)).statusCode).toBe(401)
    minutesLater(14)
    expect((await signIn("supervisor", DEMO_PASSWORD)).statusCode).toBe(401)
    minutesLater(1)
    expect((await signIn("supervisor", DEMO_PASSWORD)).statusCode).toBe(204)
  })

  test("登出即結束該工作階段，他人之工作階段不受影響", async () => {
    const [here, elsewhere] = [
      sessionOf(await signIn("handler", DEMO_PASSWORD)),
      sessionOf(await signIn("supervisor", DEMO_PASSWORD)),
    ]
    expect((await ask({ url: "/api/me", headers: here })).statusCode).toBe(200)
    const out = await ask({ method: "POST", url: "/api/sign-out", headers: here, payload: {} })
    expect(out.statusCode).toBe(204)
    expect((await ask({ url: "/api/me", headers: here })).statusCode).toBe(401)
    expect((await ask({ url: "/api/me", headers: elsewhere })).statusCode).toBe(200)
  })

  test("閒置逾時與時數上限", async () => {
    const idle = sessionOf(await signIn("handler", DEMO_PASSWORD))
    const me = async (headers: Readonly<Record<string, string>>) =>
      (await ask({ url: "/api/me", headers })).statusCode
    minutesLater(29)
    expect(await me(idle)).toBe(200)
    minutesLater(29)
    expect(await me(idle)).toBe(200)
    minutesLater(30)
    expect(await me(idle)).toBe(401)
    const busy = sessionOf(await signIn("handler", DEMO_PASSWORD))
    for (let i = 0; i < 24; i++) {
      minutesLater(29)
      expect(await me(busy)).toBe(200)
    }
    minutesLater(24)
    expect(await me(busy)).toBe(401)
  })
})

describe("說明與探測", () => {
  test("OpenAPI 3.1 文件列出每一端點，每一端點皆有服務", async () => {
    const document = (await ask({ url: "/api/openapi.json" })).json<{
      openapi: string
      paths: Record<string, Record<string, unknown>>
    }>()
    expect(document.openapi).toMatch(/^3\.1\./)
    const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const bound = routesOf(office.runtime, modulesAt(ORIGIN)).map(({ endpoint }) => endpoint)
    for (const { method, path } of bound)
      expect(office.server.hasRoute({ method, url: `/api${path}` }), path).toBe(true)
    const expected = bound.map(
      ({ method, path }) => `${method} /api${path.replaceAll(/:([A-Za-z]+)/g, "{$1}")}`,
    )
    expect(listed.toSorted()).toEqual(expected.toSorted())
    expect(listed.length).toBeGreaterThan(50)
  })

  test.each([ORIGIN, "https://hushou.example.gov.tw"])(
    "文件所載 Cookie 及來源即實際所用：%s",
    async (origin) => {
      const server = await createServer({ ...office.runtime, origin }, 1000)
      const headers = { host: new URL(origin).host, origin }
      const payload = { loginName: "handler", password: DEMO_PASSWORD }
      const signedIn = await server.inject({ method: "POST", url: "/api/sign-in", headers, payload })
      const { paths, components } = (
        await server.inject({ url: "/api/openapi.json", headers })
      ).json<OpenApi>()
      await server.close()
      expect(components.securitySchemes.session.name).toBe(signedIn.cookies[0]?.name)
      expect(components.parameters["Origin"]).toEqual({
        name: "Origin",
        in: "header",
        required: true,
        schema: { const: origin },
      })
      const needed = "#/components/parameters/Origin"
      for (const [path, methods] of Object.entries(paths))
        for (const [method, { parameters }] of Object.entries(methods))
          expect(
            parameters.some(({ $ref }) => $ref === needed),
            `${method} ${path}`,
          ).toBe(method !== "get")
    },
  )

  test("統計僅供本機讀取，標籤為路徑樣式而非所求之網址", async () => {
    const planted = reservedIdNumber(5, 1)
    const handler = sessionOf(await signIn("handler", DEMO_PASSWORD))
    const urls = [`/api/deliveries/${planted}`, `/api/people?search=${planted}`, `/api/${planted}`]
    for (const url of [...urls, `/${planted}`, `/a/b/c/d/${planted}`]) await ask({ url, headers: handler })
    const answer = await ask({ url: "/metrics", headers: { host: "127.0.0.1:8080" } })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers["content-type"]).toContain("text/plain")
    expect(answer.body).not.toContain(planted)
    const count = "hushou_http_request_duration_seconds_count"
    expect(answer.body).toContain(`${count}{method="GET",route="/api/deliveries/:id",status="422"} 1`)
    expect(answer.body).toContain(`${count}{method="GET",route="unmatched",status="404"} `)
    expect(answer.body).toMatch(/^process_cpu_seconds_total /m)
    const { ledgerSize } = (await ask({ url: "/api/ready" })).json<{ ledgerSize: number }>()
    expect(answer.body).toContain(`\nhushou_ledger_entries ${ledgerSize}\n`)
  })

  test.each([
    ["他機", { remoteAddress: "10.0.0.1" }],
    ["他機，IPv6", { remoteAddress: "2001:db8::1" }],
    ["經本機之代理", { headers: { "x-forwarded-for": "10.0.0.1" } }],
    ["經本機之代理，僅傳遞 Host", { headers: { host: "hushou.example.gov.tw" } }],
    ["自稱位址之他機", { remoteAddress: "10.9.0.1", headers: { "x-forwarded-for": "127.0.0.1" } }],
  ])("統計不提供予%s", async (_, how) => {
    const server = await createServer(office.runtime, 1000, ["10.9.0.1"])
    const { headers = {}, ...rest } = how as Partial<Request>
    const answer = await server.inject({ url: "/metrics", headers: { host: HOST, ...headers }, ...rest })
    await server.close()
    expect(answer.statusCode).toBe(403)
    expect(answer.headers["content-type"]).toMatch(PROBLEM)
    expect(answer.body).not.toContain("hushou_")
  })

  test("存活與就緒", async () => {
    expect((await ask({ url: "/api/health" })).json()).toEqual({ status: "ok" })
    const ready = (await ask({ url: "/api/ready" })).json<{ status: string; ledgerSize: number }>()
    expect(ready.status).toBe("ready")
    expect(ready.ledgerSize).toBeGreaterThan(0)
  })
})
