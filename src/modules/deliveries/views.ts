import { z } from "zod"
import { NoticeView } from "../notices/contract.ts"

const Encoding = z.enum(["utf-8", "big5"])

/** How the records of a file are laid out, as the provider agreed. */
const RecordFormat = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("delimited"),
    encoding: Encoding,
    delimiter: z.string().length(1),
    quote: z.string().length(1).nullable(),
    header: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal("fixed"),
    encoding: Encoding,
    recordBytes: z.int().min(1).max(1_000_000),
    lineEnd: z.enum(["none", "lf", "crlf"]),
  }),
])
export const FormatInput = z.union([
  RecordFormat,
  z.strictObject({ kind: z.literal("zip"), member: RecordFormat }),
])

const NamedPerson = z.object({ person: z.uuid(), name: z.string(), title: z.string(), unitName: z.string() })
export const ReasonView = z.object({ code: z.string(), source: z.string(), zh: z.string(), en: z.string() })

export const ProjectView = z.object({
  id: z.uuid(),
  number: z.string(),
  unit: z.uuid(),
  unitName: z.string(),
  providerName: z.string(),
  mode: z.string(),
  name: z.string(),
  purpose: z.string(),
  legalDocument: z.string(),
  custodian: z.uuid().nullable(),
  custodianName: z.string().nullable(),
  custodianDeputy: z.uuid().nullable(),
  custodianDeputyName: z.string().nullable(),
})
export type ProjectView = z.infer<typeof ProjectView>

export const DeliverySummary = z.object({
  id: z.uuid(),
  number: z.string(),
  state: z.string(),
  projectName: z.string(),
  providerName: z.string(),
  unitName: z.string(),
  handlerName: z.string(),
  fileName: z.string(),
  declaredRecords: z.int(),
  registerNumber: z.string().nullable(),
  updatedAt: z.string(),
})
export type DeliverySummary = z.infer<typeof DeliverySummary>

const Stamp = NamedPerson.extend({
  place: z.enum(["it", "responsible", "closing"]),
  onBehalfOf: z.string().nullable(),
  digest: z.string(),
  notedOn: z.string(),
  stampedAt: z.string(),
})

const Columns = z.object({
  noticedAt: z.string(),
  records: z.int(),
  purpose: z.string(),
  legalDocument: z.string(),
  handler: NamedPerson,
  obtainedBy: z.string(),
  itHandler: NamedPerson,
})

const Correction = z.object({
  columns: Columns,
  reason: z.string(),
  proposedBy: NamedPerson,
  proposedAt: z.string(),
  confirmations: z.array(
    NamedPerson.extend({
      place: z.enum(["it", "responsible"]),
      inPlaceOf: z.string().nullable(),
      at: z.string(),
    }),
  ),
})
export type CorrectionView = z.infer<typeof Correction>

/** 補登: entered later than it happened by more days than the pack allows. */
const LateFactView = z.object({
  what: z.string(),
  happenedAt: z.string(),
  recordedAt: z.string(),
  daysLate: z.int(),
})
export type LateFactView = z.infer<typeof LateFactView>

export const LateEntryView = LateFactView.extend({
  delivery: z.uuid(),
  deliveryNumber: z.string(),
  registerNumber: z.string().nullable(),
  unitName: z.string(),
  recordedBy: z.string().nullable(),
})
export type LateEntryView = z.infer<typeof LateEntryView>

export const RegisterRowView = z.object({
  id: z.uuid(),
  delivery: z.uuid(),
  deliveryNumber: z.string(),
  number: z.string(),
  columns: Columns,
  digest: z.string(),
  stamps: z.array(Stamp),
  comparison: z.string().nullable(),
  /** What became of it, after the signed words of column 8. */
  comparisonNotes: z.array(z.string()),
  /** The one that waits for confirmation. */
  correction: Correction.nullable(),
  /** Those that stand, with what each changed. */
  corrections: z.array(Correction.extend({ before: Columns, madeAt: z.string() })),
  voidedAt: z.string().nullable(),
  voidReason: z.string().nullable(),
  version: z.int(),
  createdAt: z.string(),
  late: z.array(LateFactView),
})
export type RegisterRowView = z.infer<typeof RegisterRowView>

export const EntryVersionView = z.object({
  version: z.int(),
  /** The command that made this version; null in versions from before it was kept. */
  act: z.string().nullable(),
  columns: Columns,
  correction: Correction.nullable(),
  comparison: z.string().nullable(),
  changedBy: z.string(),
  changedAt: z.string(),
  reason: z.string().nullable(),
})

const MachineCount = z.union([
  z.object({
    counted: z.literal(true),
    records: z.int(),
    undecodable: z.int(),
    unknownCodes: z
      .array(z.object({ position: z.int(), code: z.string(), member: z.int().optional() }))
      .readonly(),
    members: z.array(z.int()).readonly().optional(),
  }),
  z.object({ counted: z.literal(false) }),
])

const FetchedView = z.object({
  name: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  count: MachineCount,
  countProblem: ReasonView.nullable(),
  /** What the count went by. */
  format: FormatInput,
  /** So little could be decoded that the text is probably in another encoding. */
  isEncodingDoubtful: z.boolean(),
  via: z.string(),
  fetchedAt: z.string(),
  fetchedBy: z.string(),
})

export const DeliveryDetail = z.object({
  id: z.uuid(),
  number: z.string(),
  state: z.string(),
  version: z.int(),
  project: ProjectView,
  handler: NamedPerson,
  handlerDeputies: z.array(NamedPerson),
  /** 權責人員 who may stamp now, 代理 included. */
  responsible: z.array(NamedPerson.extend({ onBehalfOf: z.string().nullable() })),
  itHandlers: z.array(NamedPerson),
  /** Who is or was 承辦人 of the unit: whom column 5 can name. */
  unitHandlers: z.array(NamedPerson),
  /** Who may have signed for a paper notice: people of the office that is told. */
  receivers: z.object({ "6-1a": z.array(NamedPerson), "6-1c": z.array(NamedPerson) }),
  announcement: z.object({
    happenedAt: z.string(),
    recordedAt: z.string(),
    declaredRecords: z.int(),
    appliedFor: z.union([
      z.object({ kind: z.literal("count"), records: z.int() }),
      z.object({ kind: z.literal("whole-population") }),
    ]),
    fileName: z.string(),
    format: FormatInput,
    mailSha256: z.string().nullable(),
  }),
  notices: z.array(NoticeView),
  transfer: z
    .object({
      kind: z.string(),
      state: z.string(),
      bytesDone: z.int(),
      bytesTotal: z.int().nullable(),
      failure: ReasonView.nullable(),
    })
    .nullable(),
  fetched: FetchedView.nullable(),
  /** Files that were not used, oldest first; all of them are kept. */
  setAside: z.array(
    FetchedView.extend({ reason: z.string(), setAsideAt: z.string(), setAsideBy: z.string() }),
  ),
  entry: RegisterRowView.nullable(),
  release: z.object({ releasedAt: z.string(), releasedBy: z.string(), releasedTo: z.string() }).nullable(),
  comparison: z
    .object({
      accessedRecords: z.int(),
      matches: z.boolean(),
      explanation: z.string().nullable(),
      happenedAt: z.string(),
      recordedAt: z.string(),
    })
    .nullable(),
  dispute: z
    .object({ letter: z.string(), reason: z.string(), happenedAt: z.string(), recordedAt: z.string() })
    .nullable(),
  hasConnector: z.boolean(),
  timeline: z.array(z.object({ index: z.int(), time: z.string(), kind: z.string(), actor: z.string() })),
  allowed: z.array(z.object({ command: z.string(), refusal: ReasonView.nullable() })),
})
export type DeliveryDetail = z.infer<typeof DeliveryDetail>
