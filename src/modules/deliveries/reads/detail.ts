import type { PersonActor } from "../../../kernel/actor.ts"
import type { DeliveryId, PersonId } from "../../../kernel/ids.ts"
import type { Refusal } from "../../../kernel/decision.ts"
import { browseEntries } from "../../../ledger/index.ts"
import type { RefusalCode } from "../../../regulation/refusals/index.ts"
import { refuse, sentence, sourceLabel } from "../../../regulation/rule.ts"
import type { Instant } from "../../../kernel/time.ts"
import { readTx, type Db, type Tx } from "../../../platform/db/tx.ts"
import type { NoticeView } from "../../notices/contract.ts"
import { noticesAbout } from "../../notices/index.ts"
import { loadAround } from "../commands/delivery-command.ts"
import type { Delivery, Fetched } from "../model.ts"
import { itHandlers, loadNamed } from "../office-store.ts"
import { lawfulResponsible, tellsOfFile, type Around } from "../rules/office.ts"
import { DELIVERY_COMMANDS, mayEver, refusalsOf } from "../rules/permissions.ts"
import { readDeliveryRow } from "../store.ts"
import { readTransfer } from "../transfers/store.ts"
import type { DeliveryDetail } from "../views.ts"
import { visibleDeliveries, type Reader } from "../visibility.ts"
import { readProject } from "./lists.ts"
import { rowView } from "./register.ts"

/** Whether a delivery is this person's to see; every read and act about one asks this first. */
export async function mayReadDelivery(db: Db | Tx, reader: Reader, id: string): Promise<boolean> {
  const row = await visibleDeliveries(db, reader)
    .select("delivery.id")
    .where("delivery.id", "=", id)
    .executeTakeFirst()
  return row !== undefined
}

/** Everything about one delivery for this person; `null` when it is not theirs to see. */
export async function readDetail(
  db: Db,
  reader: Reader,
  id: DeliveryId,
  now: Instant,
): Promise<DeliveryDetail | null> {
  if (!(await mayReadDelivery(db, reader, id))) return null
  const { actor } = reader
  return readTx(db, async (tx) => {
    const delivery = await readDeliveryRow(tx, id)
    const around = await loadAround(tx, delivery, { actor, now })
    const { office, entry, project } = around
    return {
      id,
      number: delivery.number,
      state: delivery.state,
      version: delivery.version,
      project: await readProject(tx, project.id),
      handler: office.handler,
      handlerDeputies: [...office.handlerDeputies],
      responsible: [...lawfulResponsible(around)],
      itHandlers: await named(tx, await itHandlers(tx)),
      announcement: announcementView(delivery),
      notices: (await noticesAbout(tx, { type: "delivery", id })).map((notice) =>
        aboutFile(notice, delivery),
      ),
      transfer: await transferView(tx, id),
      entry: entry === null ? null : rowView(entry, delivery),
      ...(await outcomeViews(tx, delivery)),
      hasConnector: await hasConnector(tx, project.linkage),
      timeline: await timelineOf(tx, id),
      allowed: allowedOf(actor, around),
    }
  })
}

async function named(tx: Tx, people: Awaited<ReturnType<typeof itHandlers>>) {
  const found = []
  for (const person of people) {
    const one = await loadNamed(tx, person)
    if (one !== null) found.push(one)
  }
  return found
}

function announcementView({ announcement }: Delivery): DeliveryDetail["announcement"] {
  const { happenedAt, recordedAt, declaredRecords, appliedFor, fileName, format, mail } = announcement
  return {
    happenedAt,
    recordedAt,
    declaredRecords,
    appliedFor,
    fileName,
    format,
    mailSha256: mail?.sha256 ?? null,
  }
}

/** A notice that told of a file set aside meanwhile counts no more, and says so. */
function aboutFile(notice: NoticeView, delivery: Delivery): NoticeView {
  if (notice.duty !== "6-1c" || tellsOfFile(notice, delivery)) return notice
  return { ...notice, stands: false, label: "前次檔案之通知，另行取檔後須重新通知" }
}

async function transferView(tx: Tx, id: DeliveryId): Promise<DeliveryDetail["transfer"]> {
  const transfer = await readTransfer(tx, id)
  if (transfer === null) return null
  const { kind, state, bytesDone, bytesTotal, failure } = transfer
  return { kind, state, bytesDone, bytesTotal, failure: failure === null ? null : reasonOf(failure) }
}

async function outcomeViews(
  tx: Tx,
  delivery: Delivery,
): Promise<Pick<DeliveryDetail, "fetched" | "setAside" | "release" | "comparison" | "dispute">> {
  const nameOf = async (person: PersonId) => (await loadNamed(tx, person))?.name ?? ""
  const viewOf = async ({ file, count, via, fetchedAt, fetchedBy }: Fetched) => {
    const countProblem = count.counted ? null : reasonOf(count.problem)
    return { ...file, count, countProblem, via, fetchedAt, fetchedBy: await nameOf(fetchedBy) }
  }
  const setAside = []
  for (const { fetched, setAsideBy, ...said } of delivery.setAside ?? [])
    setAside.push({ ...(await viewOf(fetched)), ...said, setAsideBy: await nameOf(setAsideBy) })
  const handing = "handing" in delivery ? delivery.handing : null
  return {
    fetched: "fetched" in delivery ? await viewOf(delivery.fetched) : null,
    setAside,
    release: handing && {
      releasedAt: handing.releasedAt,
      releasedBy: await nameOf(handing.releasedBy),
      releasedTo: await nameOf(handing.releasedTo),
    },
    comparison: "comparison" in delivery ? delivery.comparison : null,
    dispute: "dispute" in delivery ? delivery.dispute : null,
  }
}

async function hasConnector(tx: Tx, linkage: string): Promise<boolean> {
  const row = await tx
    .selectFrom("linkages_v_linkage as l")
    .innerJoin("providers_v_provider as p", "p.id", "l.provider")
    .select("p.has_connector")
    .where("l.id", "=", linkage)
    .executeTakeFirst()
  return row?.has_connector ?? false
}

const TIMELINE_LIMIT = 200

async function timelineOf(tx: Tx, id: DeliveryId): Promise<DeliveryDetail["timeline"]> {
  const { items } = await browseEntries(tx, { aboutType: "delivery", aboutId: id }, 1, TIMELINE_LIMIT)
  const people = [...new Set(items.map((entry) => entry.actor))].filter((actor) => !actor.includes(":"))
  const rows =
    people.length === 0
      ? []
      : await tx
          .selectFrom("people_v_actor")
          .select(["person", "name"])
          .where("person", "in", people)
          .execute()
  const names = new Map(rows.map((row) => [row.person, row.name]))
  return items.map(({ index, time, kind, actor }) => ({
    index,
    time,
    kind,
    actor: names.get(actor) ?? "系統",
  }))
}

function allowedOf(actor: PersonActor, around: Around): DeliveryDetail["allowed"] {
  return DELIVERY_COMMANDS.filter((command) => mayEver(command, actor, around)).map((command) => {
    const [first] = refusalsOf(command, actor, around)
    return { command, refusal: first === undefined ? null : reasonOf(first) }
  })
}

/** A refusal as screens show it; a stored code is looked up in the one table. */
function reasonOf(refusal: string | Refusal<RefusalCode>) {
  const found = typeof refusal === "string" ? refuse(refusal as RefusalCode) : refusal
  return {
    code: found.code,
    source: sourceLabel(found.code),
    zh: sentence(found, "zh"),
    en: sentence(found, "en"),
  }
}
