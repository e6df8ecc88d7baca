import type { PersonActor } from "../../../kernel/actor.ts"
import type { DeliveryId, FileId, PersonId, UnitId } from "../../../kernel/ids.ts"
import type { Refusal } from "../../../kernel/decision.ts"
import { browseEntries } from "../../../ledger/index.ts"
import type { RefusalCode } from "../../../regulation/refusals/index.ts"
import { refuse, sentence, sourceLabel } from "../../../regulation/rule.ts"
import type { Instant } from "../../../kernel/time.ts"
import { readTx, type Db, type Tx } from "../../../platform/db/tx.ts"
import type { NoticeView } from "../../notices/contract.ts"
import { noticesAbout, readScan, type Scan } from "../../notices/index.ts"
import { isProbablyOtherEncoding } from "../counting/index.ts"
import { loadAround } from "../commands/delivery-command.ts"
import type { Delivery, Fetched, NamedPerson } from "../model.ts"
import { handlersEver, loadNamed, namesOf, receiversOf } from "../office-store.ts"
import { lawfulResponsible, tellsOfFile, type Around } from "../rules/office.ts"
import { DELIVERY_COMMANDS, mayEver, refusalsOf } from "../rules/permissions.ts"
import { readDeliveryRow } from "../store.ts"
import { readTransfer } from "../transfers/store.ts"
import type { DeliveryDetail } from "../views.ts"
import { visibleDeliveries, type Reader } from "../visibility.ts"
import { lateFactsOf } from "./late.ts"
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
  { now, lateAfterDays }: { readonly now: Instant; readonly lateAfterDays: number },
): Promise<DeliveryDetail | null> {
  if (!(await mayReadDelivery(db, reader, id))) return null
  const { actor } = reader
  return readTx(db, async (tx) => {
    const delivery = await readDeliveryRow(tx, id)
    const around = await loadAround(tx, delivery, { actor, now })
    const { office, entry, project } = around
    const notices = await noticesAbout(tx, { type: "delivery", id })
    const late = await lateFactsOf(tx, [id], lateAfterDays)
    return {
      id,
      number: delivery.number,
      state: delivery.state,
      version: delivery.version,
      project: await readProject(tx, project.id),
      handler: office.handler,
      handlerDeputies: [...office.handlerDeputies],
      responsible: [...lawfulResponsible(around)],
      itHandlers: await named(tx, now, office.itHandlers),
      unitHandlers: await named(tx, now, await handlersEver(tx, delivery.unit), delivery.unit),
      receivers: {
        "6-1a": await receiversFor(tx, around, "6-1a", actor, now),
        "6-1c": await receiversFor(tx, around, "6-1c", actor, now),
      },
      announcement: announcementView(delivery),
      notices: notices.map((notice) => aboutFile(notice, delivery)),
      transfer: await transferView(tx, id),
      entry: entry === null ? null : rowView(entry, delivery, late(id)),
      ...(await outcomeViews(tx, delivery, now)),
      hasConnector: await hasConnector(tx, project.linkage),
      timeline: await timelineOf(
        tx,
        id,
        notices.map((notice) => notice.id),
        now,
      ),
      allowed: allowedOf(actor, around),
    }
  })
}

async function named(
  tx: Tx,
  now: Instant,
  people: readonly PersonId[],
  unit?: UnitId,
): Promise<NamedPerson[]> {
  const nameOf = await namesOf(tx, people, now)
  return people.flatMap((person) => nameOf(person, unit) ?? [])
}

/** Nobody signs for their own notice. */
async function receiversFor(
  tx: Tx,
  { delivery, office }: Around,
  duty: "6-1a" | "6-1c",
  { person }: PersonActor,
  now: Instant,
): Promise<NamedPerson[]> {
  return (await receiversOf(tx, duty, delivery, office, now)).filter((one) => one.person !== person)
}

/** The scan of a paper notice about a delivery this person may see; `null` when there is none. */
export async function readScanOf(
  db: Db,
  reader: Reader,
  delivery: string,
  notice: string,
): Promise<Scan | null> {
  if (!(await mayReadDelivery(db, reader, delivery))) return null
  const notices = await noticesAbout(db, { type: "delivery", id: delivery })
  const scan = notices.find(({ id }) => id === notice)?.paper?.scan ?? null
  return scan === null ? null : readScan(db, scan as FileId)
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
  now: Instant,
): Promise<Pick<DeliveryDetail, "fetched" | "setAside" | "release" | "comparison" | "dispute">> {
  const nameOf = async (person: PersonId) => (await loadNamed(tx, person, now))?.name ?? ""
  const viewOf = async ({ file, count, via, fetchedAt, fetchedBy, ...fetched }: Fetched) => {
    const countProblem = count.counted ? null : reasonOf(count.problem)
    const format = fetched.format ?? delivery.announcement.format
    const isEncodingDoubtful = count.counted && isProbablyOtherEncoding(count.undecodable, file.bytes)
    return {
      ...file,
      count,
      countProblem,
      format,
      isEncodingDoubtful,
      via,
      fetchedAt,
      fetchedBy: await nameOf(fetchedBy),
    }
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

/** What happened to the delivery and to its notices, the newest first. */
async function timelineOf(
  tx: Tx,
  id: DeliveryId,
  notices: readonly string[],
  now: Instant,
): Promise<DeliveryDetail["timeline"]> {
  const abouts = [
    { aboutType: "delivery", aboutId: id },
    ...notices.map((notice) => ({ aboutType: "notice", aboutId: notice })),
  ]
  const items = []
  for (const about of abouts) items.push(...(await browseEntries(tx, about, 1, TIMELINE_LIMIT)).items)
  const people = items.map((entry) => entry.actor).filter((actor) => !actor.includes(":"))
  const nameOf = await namesOf(tx, people as PersonId[], now)
  return items
    .toSorted((a, b) => b.index - a.index)
    .slice(0, TIMELINE_LIMIT)
    .map(({ index, time, kind, actor }) => ({
      index,
      time,
      kind,
      actor: nameOf(actor as PersonId)?.name ?? "系統",
    }))
}

function allowedOf(actor: PersonActor, around: Around): DeliveryDetail["allowed"] {
  return DELIVERY_COMMANDS.filter((command) => mayEver(command, actor, around)).map((command) => {
    const [first] = refusalsOf(command, actor, around)
    return { command, refusal: first === undefined ? null : reasonOf(first) }
  })
}

/** A refusal as screens show it; a stored code is looked up in the one table. */
export function reasonOf(refusal: string | Refusal<RefusalCode>) {
  const found = typeof refusal === "string" ? refuse(refusal as RefusalCode) : refusal
  return {
    code: found.code,
    source: sourceLabel(found.code),
    zh: sentence(found, "zh"),
    en: sentence(found, "en"),
  }
}
