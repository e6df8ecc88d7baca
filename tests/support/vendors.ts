import { expect } from "vitest"
import { DEMO_PASSWORD } from "../../src/app/demo/seed.ts"
import type { AgreementView, VendorDetail } from "../../src/modules/vendors/contract.ts"
import type { Desk, Office } from "./office.ts"
import { done } from "./story.ts"
import { stranger } from "./office.ts"

let papers = 0

/** A signed document whose scan this person has kept; every one looks another way. */
export async function signedPaper(desk: Desk, changes: object = {}) {
  const bytes = Buffer.from(`%PDF-1.7 signed paper ${papers++}`)
  const kept = await desk.drop<{ file: string }>("/scans", bytes)
  expect(kept.status, JSON.stringify(kept.body)).toBe(200)
  return { number: `北市衛疾字第115${papers}號`, signedOn: "2026-11-01", scan: kept.body.file, ...changes }
}

/** What an answer that must have succeeded made. */
async function made(asked: Promise<{ readonly status: number; readonly body: { id: string } }>) {
  const { status, body } = await asked
  expect(status, JSON.stringify(body)).toBe(200)
  return body.id
}

/** Made up; their check digits are right. */
const TAX_IDS = [
  ...["10000009", "11234568", "12469134", "13703708", "14938268", "16172838", "17407405", "18641977"],
  ...["19876537", "22345674", "24814809", "26049371", "27283939", "28518505", "29753077", "30987644"],
  ...["33456774", "34691340", "35925909", "37160479", "38395046", "39629612", "40864178", "42098743"],
]

/** A vendor with a contract of 疾病管制科 and one employee who has an account. */
export interface VendorStory {
  readonly office: Office
  readonly handler: Desk
  readonly head: Desk
  readonly administrator: Desk
  readonly vendor: string
  readonly unit: string
  readonly contract: string
  readonly person: string
  readonly login: string
}

let vendors = 0

export async function vendorWithContract(
  office: Office,
  { main = null as string | null, from = "2026-01-01", to = "2027-12-31" } = {},
): Promise<VendorStory> {
  const nth = vendors++
  const [handler, head, administrator] = await Promise.all(
    ["handler", "supervisor", "administrator"].map((login) => office.as(login)),
  )
  if (handler === undefined || head === undefined || administrator === undefined)
    throw new Error("three desks")
  const contact = { name: "何聯絡", email: `contact-${nth}@vendor.example`, phone: "02-2720-8889" }
  const taxId = TAX_IDS[nth]
  const vendor = await made(handler.post("/vendors", { taxId, name: `戶資系統廠商${nth}`, contact }))
  const unit = await unitOf(handler)
  const paper = { number: `委外字第${nth}號`, subject: "戶役政連結作業維護" }
  const contract = await made(handler.post("/vendor-contracts", { vendor, unit, main, ...paper, from, to }))
  const login = `vendor-${nth}`
  const email = `${login}@vendor.example`
  const name = `廠商工程師${nth}`
  const person = await made(administrator.post(`/vendors/${vendor}/people`, { name, title: "工程師", email }))
  const { body } = await administrator.post<{ link: string }>("/accounts", { person, loginName: login })
  const token = new URL(body.link).hash.slice(1) || (new URL(body.link).searchParams.get("token") ?? "")
  await done(stranger(office), "/set-password", { token, password: DEMO_PASSWORD })
  return { office, handler, head, administrator, vendor, unit, contract, person, login }
}

async function unitOf(desk: Desk): Promise<string> {
  const { body } = await desk.get<{ posts: { unit: string }[] }>("/me")
  return body.posts[0]?.unit ?? ""
}

/** Recorded by the handler with the vendor's employee on it; nobody has confirmed it. */
export async function agreementRecorded(
  { handler, contract, person }: VendorStory,
  { from = "2026-11-02", to = "2026-12-31", people = [person] } = {},
): Promise<string> {
  const id = await made(
    handler.post("/vendor-agreements", {
      ...{ contract, roles: ["handler"], from, to },
      paper: await signedPaper(handler),
    }),
  )
  for (const one of people)
    await done(handler, `/vendor-agreements/${id}/people`, {
      person: one,
      pledge: await signedPaper(handler),
    })
  return id
}

export async function agreementInForce(story: VendorStory, period = {}): Promise<string> {
  const id = await agreementRecorded(story, period)
  await done(story.head, `/vendor-agreements/${id}/confirm`)
  return id
}

export async function agreementSeen(desk: Desk, id: string): Promise<AgreementView> {
  return (await desk.get<AgreementView>(`/vendor-agreements/${id}`)).body
}

export async function vendorSeen(desk: Desk, id: string): Promise<VendorDetail> {
  return (await desk.get<VendorDetail>(`/vendors/${id}`)).body
}
