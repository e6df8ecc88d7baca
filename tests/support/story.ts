import { expect } from "vitest"
import type { DeliveryDetail, ProjectView } from "../../src/modules/deliveries/contract.ts"
import type { Published } from "../../tools/provider-sim/publish.ts"
import type { FileSpec } from "../../tools/provider-sim/publish.ts"
import { readFile } from "node:fs/promises"
import { fingerprintOf } from "../../src/web/api/fingerprint.ts"
import type { Desk, Office } from "./office.ts"

type Format = DeliveryDetail["announcement"]["format"]

/** The people of the main job, signed in, and the delivery they work on. */
export interface Story {
  readonly office: Office
  readonly handler: Desk
  readonly it: Desk
  readonly supervisor: Desk
  readonly file: Published
  readonly id: string
  /** The delivery as the handler sees it now. */
  readonly now: () => Promise<DeliveryDetail>
}

export interface Beginning {
  readonly file?: Partial<FileSpec>
  readonly format?: Format
  /** `null`: a whole-population file; left out: as many as the file has. */
  readonly appliedFor?: number | null
  readonly declared?: number
  /** The provider's own mail, kept before. */
  /** Of the provider's own mail, kept before. */
  readonly mail?: string
}

export const UTF8_CSV: Format = {
  kind: "delimited",
  encoding: "utf-8",
  delimiter: ",",
  quote: '"',
  header: true,
}

let published = 0

/** A provider's file is ready and the handler has recorded the notice. */
export async function noticeRecorded(office: Office, beginning: Beginning = {}): Promise<Story> {
  const spec: FileSpec = {
    name: `file-${++published}.csv`,
    format: "utf8-csv",
    records: 25,
    ...beginning.file,
  }
  const file = await office.sim.publish(spec)
  const [handler, it, supervisor] = await Promise.all([
    office.as("handler"),
    office.as("it-handler"),
    office.as("supervisor"),
  ])
  const { body: projects } = await handler.get<ProjectView[]>("/projects")
  const appliedFor =
    beginning.appliedFor === null
      ? { kind: "whole-population" }
      : { kind: "count", records: beginning.appliedFor ?? file.records }
  const recorded = await handler.post<{ id: string }>("/deliveries", {
    project: projects.find((project) => project.custodian !== null)?.id,
    happenedAt: office.clock.now(),
    declaredRecords: beginning.declared ?? file.declaredRecords,
    appliedFor,
    fileName: file.name,
    format: beginning.format ?? UTF8_CSV,
    mail: beginning.mail ?? null,
  })
  expect(recorded.status, JSON.stringify(recorded.body)).toBe(200)
  const { id } = recorded.body
  const now = async () => (await handler.get<DeliveryDetail>(`/deliveries/${id}`)).body
  return { office, handler, it, supervisor, file, id, now }
}

/** Does one thing and insists that it was allowed. */
export async function done(desk: Desk, path: string, body: object = {}): Promise<void> {
  const answer = await desk.post(path, body)
  expect(answer.status, `${path}: ${JSON.stringify(answer.body)}`).toBe(204)
}

export async function itNotified({ office, handler, id }: Story): Promise<void> {
  await done(handler, `/deliveries/${id}/request-download`, {
    happenedAt: office.clock.now(),
    channel: { kind: "mail" },
  })
  await office.deliverMail()
}

/** What an upload is begun with. */
export async function announced(bytes: Buffer) {
  return { bytes: bytes.length, fingerprint: await fingerprintOf(new Blob([bytes])) }
}

/** 資訊室 opens the upload and sends the first of the bytes, as many as said. */
export async function uploadBegun(
  { it, id }: Story,
  bytes: Buffer,
  first: number,
  restart = false,
): Promise<string> {
  const body = { ...(await announced(bytes)), restart }
  const opened = await it.post<{ upload: string; offset: number }>(`/deliveries/${id}/upload`, body)
  expect(opened.status, JSON.stringify(opened.body)).toBe(200)
  const { upload, offset } = opened.body
  if (first > offset) await appended(it, id, { upload, offset }, bytes.subarray(offset, first))
  return upload
}

async function appended(it: Desk, id: string, from: { upload: string; offset: number }, part: Buffer) {
  const path = `/deliveries/${id}/upload?upload=${from.upload}&offset=${from.offset}`
  const answer = await it.put(path, part)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
}

/** 資訊室 uploads the provider's file, or these bytes, in two parts, as a browser does. */
export async function fileUploaded(story: Story, content?: Buffer): Promise<void> {
  const { it, id, file } = story
  const bytes = content ?? (await readFile(file.localPath))
  await uploadBegun(story, bytes, Math.floor(bytes.length / 2))
  const upload = await uploadBegun(story, bytes, bytes.length)
  await done(it, `/deliveries/${id}/upload/finish`, { upload, name: file.name })
}

export async function handlerNotified({ office, it, id }: Story): Promise<void> {
  await done(it, `/deliveries/${id}/notify-ready`, {
    happenedAt: office.clock.now(),
    channel: { kind: "mail" },
  })
  await office.deliverMail()
}

export const FILLED = {
  purpose: "幼兒常規預防接種催注作業",
  legalDocument: "北市衛疾字第1153001234號",
  obtainedBy: "系統線上下載",
}

export async function registerFilled({ handler, id, file }: Story): Promise<void> {
  await done(handler, `/deliveries/${id}/register`, { ...FILLED, records: file.declaredRecords })
}

export async function stamped(
  story: Story,
  place: "it" | "responsible",
  notedOn = "2026-11-02",
): Promise<void> {
  const { entry } = await story.now()
  const desk = place === "it" ? story.it : story.supervisor
  await done(desk, `/deliveries/${story.id}/stamps`, { place, notedOn, digest: entry?.digest })
}

export async function released(story: Story): Promise<void> {
  const { handler } = await story.now()
  await done(story.it, `/deliveries/${story.id}/release`, { to: handler.person })
}

/** Everything up to the released file. */
export async function releasedFile(office: Office, beginning: Beginning = {}): Promise<Story> {
  const story = await noticeRecorded(office, beginning)
  await itNotified(story)
  await fileUploaded(story)
  await handlerNotified(story)
  await registerFilled(story)
  await stamped(story, "it")
  await stamped(story, "responsible")
  await released(story)
  return story
}

/** Released, and opened by whom it was released to. */
export async function accessedFile(office: Office, beginning: Beginning = {}): Promise<Story> {
  const story = await releasedFile(office, beginning)
  await accessed(story)
  return story
}

export async function accessed({ handler, id }: Story): Promise<void> {
  expect((await handler.post(`/deliveries/${id}/open`)).status).toBe(200)
}
