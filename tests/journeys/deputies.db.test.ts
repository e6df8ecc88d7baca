import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { DeliveryDetail } from "../../src/modules/deliveries/contract.ts"
import type { DeputyView } from "../../src/modules/people/contract.ts"
import type { Task } from "../../src/runtime/index.ts"
import { openOffice, refusalsIn, type Desk, type Office } from "../support/office.ts"
import {
  done,
  fileUploaded,
  handlerNotified,
  itNotified,
  noticeRecorded,
  registerFilled,
  stamped,
  type Story,
} from "../support/story.ts"

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
beforeEach(() => office.clock.set("2026-11-02T01:00:00.000Z"))
afterAll(() => office.close())

interface Me {
  readonly person: string
  readonly posts: readonly { readonly unit: string }[]
}

async function me(login: string): Promise<Me> {
  return (await (await office.as(login)).get<Me>("/me")).body
}

/** 科長 records who stands in for whom in the unit; resolves with the deputyship's id. */
async function standsIn(deputy: string, person: string, to: string | null = null): Promise<string> {
  const supervisor = await office.as("supervisor")
  const unit = (await me("handler")).posts[0]?.unit
  const ids = { unit, person: (await me(person)).person, deputy: (await me(deputy)).person }
  const answer = await supervisor.post<{ id: string }>("/deputies", { ...ids, from: "2026-11-02", to })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body.id
}

async function end(id: string): Promise<void> {
  await done(await office.as("supervisor"), `/deputies/${id}/end`)
}

async function registered(): Promise<Story> {
  const story = await noticeRecorded(office)
  await itNotified(story)
  await fileUploaded(story)
  await handlerNotified(story)
  await registerFilled(story)
  return story
}

async function stamp(desk: Desk, story: Story) {
  const { entry } = await story.now()
  return desk.post(`/deliveries/${story.id}/stamps`, {
    place: "responsible",
    notedOn: "2026-11-02",
    digest: entry?.digest,
  })
}

describe("職務代理人", () => {
  test("6-2c 主管之職務代理人得於代理期間核章，登記表註明代理何人；終止後不得見本案", async () => {
    const story = await registered()
    const centerHead = await office.as("center-head")
    expect((await centerHead.get(`/deliveries/${story.id}`)).status).toBe(404)
    const deputyship = await standsIn("center-head", "supervisor")
    expect((await centerHead.get(`/deliveries/${story.id}`)).status).toBe(200)
    expect((await stamp(centerHead, story)).status).toBe(204)
    const { entry } = await story.now()
    expect(entry?.stamps).toMatchObject([{ place: "responsible", name: "蔡主任", onBehalfOf: "陳主管" }])
    await end(deputyship)
    expect((await centerHead.get(`/deliveries/${story.id}`)).status).toBe(404)
  })

  test("6-2c 由承辦人代理主管時，三人須為不同自然人，指名上一級主管核章", async () => {
    const story = await registered()
    await stamped(story, "it")
    const deputyship = await standsIn("handler", "supervisor")
    const refused = await stamp(await office.as("handler"), story)
    expect(refusalsIn(refused)).toEqual(["THREE_PERSONS 機關內部控制"])
    expect(JSON.stringify(refused.body)).toContain("周局長")
    const { body } = await story.handler.get<DeliveryDetail>(`/deliveries/${story.id}`)
    expect(body.responsible.map(({ name }) => name)).toContain("周局長")
    const director = await office.as("director")
    const told = (await director.get<Task[]>("/tasks")).body.filter(({ link }) => link.endsWith(story.id))
    expect(told.map(({ duty }) => duty)).toEqual(["6-2c"])
    expect((await stamp(director, story)).status).toBe(204)
    await end(deputyship)
  })

  test("6-2c 代理限於部分職務者，僅得辦理該職務", async () => {
    const story = await registered()
    const [person, unit] = [(await me("supervisor")).person, (await me("handler")).posts[0]?.unit]
    const added = await (
      await office.as("administrator")
    ).post(`/people/${person}/posts`, { on: "2026-11-02", begin: [{ unit, role: "handler" }] })
    expect(added.status).toBe(204)
    const scoped = async (role: string) => {
      const ids = { unit, person, deputy: (await me("center-head")).person }
      const administrator = await office.as("administrator")
      const answer = await administrator.post<{ id: string }>("/deputies", {
        ...{ ...ids, from: "2026-11-02", to: null, roles: [role] },
      })
      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
      return answer.body.id
    }
    const asHandler = await scoped("handler")
    expect(refusalsIn(await stamp(await office.as("center-head"), story))).toContain(
      "STAMP_BY_RESPONSIBLE_OFFICER 第六點第（二）款",
    )
    const asSupervisor = await scoped("supervisor")
    expect((await stamp(await office.as("center-head"), story)).status).toBe(204)
    for (const id of [asHandler, asSupervisor])
      expect((await (await office.as("administrator")).post(`/deputies/${id}/end`)).status).toBe(204)
  })

  test("代理人清冊逐筆列明起訖，已終止者另列；僅主管及系統管理者得登錄", async () => {
    const id = await standsIn("deputy", "handler")
    const list = async (desk: Desk, query = "") =>
      (await desk.get<{ items: DeputyView[]; units: { name: string }[] }>(`/deputies${query}`)).body
    const supervisor = await office.as("supervisor")
    const standing = (await list(supervisor)).items.find((item) => item.id === id)
    expect(standing).toMatchObject({
      deputyName: "張代理",
      personName: "林承辦",
      state: "in-force",
      mayEnd: true,
    })
    const seenByHandler = await list(await office.as("handler"))
    expect(seenByHandler.units).toEqual([])
    expect(seenByHandler.items.every(({ mayEnd }) => !mayEnd)).toBe(true)
    await end(id)
    expect((await list(supervisor)).items.map((item) => item.id)).not.toContain(id)
    expect((await list(supervisor, "?ended=true")).items.find((item) => item.id === id)?.state).toBe("ended")
    const again = await supervisor.post(`/deputies/${id}/end`)
    expect(refusalsIn(again)).toEqual(["DEPUTY_ENDED 機關內部控制"])
  })

  test("6-2d 代理承辦人者如已代理主管核章，不得再收受同一資料", async () => {
    const story = await registered()
    await stamped(story, "it")
    const ships = [await standsIn("deputy", "supervisor"), await standsIn("deputy", "handler")]
    expect((await stamp(await office.as("deputy"), story)).status).toBe(204)
    const to = (await me("deputy")).person
    const refused = await story.it.post(`/deliveries/${story.id}/release`, { to })
    expect(refusalsIn(refused)).toEqual(["RELEASE_TO_HANDLER_ONLY 第五點第（五）款"])
    for (const id of ships) await end(id)
  })

  test.each(["it-handler", "center-handler", "auditor"])(
    "6-2d %s 非同單位，不得代理承辦人",
    async (login) => {
      const supervisor = await office.as("supervisor")
      const unit = (await me("handler")).posts[0]?.unit
      const ids = { unit, person: (await me("handler")).person, deputy: (await me(login)).person }
      const refused = await supervisor.post("/deputies", { ...ids, from: "2026-11-02", to: null })
      expect(refusalsIn(refused)).toEqual(["DEPUTY_IS_ANOTHER 機關內部控制"])
    },
  )

  test("6-2d 資料得提供予承辦人之職務代理人，代理期間屆滿即不得再存取", async () => {
    const story = await registered()
    await stamped(story, "it")
    await stamped(story, "responsible")
    const to = (await me("deputy")).person
    const before = await story.it.post(`/deliveries/${story.id}/release`, { to })
    expect(refusalsIn(before)).toEqual(["RELEASE_TO_HANDLER_ONLY 第五點第（五）款"])
    await standsIn("deputy", "handler", "2026-11-03")
    await done(story.it, `/deliveries/${story.id}/release`, { to })
    const deputy = await office.as("deputy")
    expect((await deputy.post(`/deliveries/${story.id}/open`)).bytes.length).toBeGreaterThan(0)
    const { body: tasks } = await deputy.get<Task[]>("/tasks")
    expect(tasks.map(({ link }) => link)).toContain(`/deliveries/${story.id}`)
    office.clock.set("2026-11-03T15:59:59.999Z")
    const lastMoment = await office.as("deputy")
    expect((await lastMoment.post(`/deliveries/${story.id}/open`)).status).toBe(200)
    office.clock.set("2026-11-03T16:00:00.000Z")
    const late = await (await office.as("deputy")).post(`/deliveries/${story.id}/open`)
    expect(refusalsIn(late)).toEqual(["RELEASE_TO_HANDLER_ONLY 第五點第（五）款"])
  })
})
