import { z } from "zod"
import { ROLES } from "../../kernel/actor.ts"
import { PeopleParts } from "./people-parts.ts"
import { Source, sourced, unique } from "./sourced.ts"

/** What a fact is evidence of, and so how long its payload is kept; every pack gives every one a term. */
export const RECORD_TYPES = [
  "register",
  "delivery",
  "notice",
  "linkage",
  "account",
  "vendor",
  "refusal",
  "setting",
  "query-log",
  "statistic",
] as const
export type RecordType = (typeof RECORD_TYPES)[number]

/** 線上查詢、檔案傳輸、磁性媒體交換 (4-2c). */
export const MODES = ["online", "file", "media"] as const

/** The step that waits until a register column is filled. */
export const REGISTER_STEPS = ["stamp", "hand-on", "close"] as const

const Role = z.enum(ROLES)
const Text = z.string().trim().min(1)

const Column = z.strictObject({
  key: z.string().regex(/^[a-z][a-zA-Z]*$/),
  zh: Text,
  filler: Role,
  requiredBefore: z.enum(REGISTER_STEPS),
  source: Source,
})

const Retention = z.strictObject({
  record: z.enum(RECORD_TYPES),
  years: z.int().min(1).max(30),
  /** From when the years run: the row's closing, the end of the period covered, or the entry. */
  anchor: z.enum(["row-closed", "period-end", "recorded"]),
  /** Who must approve the disposal; time alone is not enough (5-5e). */
  approvedBy: Role,
  /** Whether an archived record also needs the archive authority. */
  archiveGate: z.boolean(),
  source: Source,
})

const Bytes = z.int().positive()

const Meta = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.int().positive(),
  name: Text,
  effectiveFrom: z.iso.date(),
  legalBasis: z.array(Text).min(1),
})

/** A policy pack as its YAML file says it; strict, so that a misspelt key is an error. */
export const PackFile = z.strictObject({
  meta: Meta,
  org: z.strictObject({ roleNames: z.record(Role, Text) }),
  modes: unique(z.strictObject({ mode: z.enum(MODES), zh: Text, source: Source }), (m) => m.mode),
  register: z.strictObject({
    columns: unique(Column, (c) => c.key).superRefine((columns, context) => {
      columns.forEach(({ requiredBefore }, index) => {
        const before = columns[index - 1]?.requiredBefore ?? requiredBefore
        if (REGISTER_STEPS.indexOf(requiredBefore) < REGISTER_STEPS.indexOf(before))
          context.addIssue({
            code: "custom",
            path: [index, "requiredBefore"],
            message: "後面的欄位不得比前面的更早填載 (a later column cannot be due earlier)",
          })
      })
    }),
  }),
  release: z.strictObject({
    stampOrder: sourced(z.enum(["either", "it-first", "responsible-first"])),
    approverRoles: sourced(z.array(Role).min(1)),
  }),
  comparison: z.strictObject({ basis: sourced(z.enum(["applied-for", "declared", "downloaded"])) }),
  reminders: z.strictObject({
    daysBefore: sourced(unique(z.int().min(0).max(365), String)),
    escalateTo: sourced(Role),
  }),
  /** A fact typed more days after it happened than these is listed as 補登. */
  lateEntry: z.strictObject({ afterDays: sourced(z.int().min(0).max(365)) }),
  checkpoint: z.strictObject({ holders: sourced(z.array(Role).min(1)) }),
  transfer: z.strictObject({
    maxFileBytes: sourced(Bytes),
    maxUnpackedBytes: sourced(Bytes),
    maxArchiveEntries: sourced(Bytes),
    maxArchiveRatio: sourced(Bytes),
  }),
  ...PeopleParts,
  retention: unique(Retention, (r) => r.record).superRefine((terms, context) => {
    const missing = RECORD_TYPES.filter((type) => !terms.some((t) => t.record === type))
    if (missing.length > 0)
      context.addIssue({
        code: "custom",
        message: `缺少保存年限 (no term for): ${missing.join(", ")}`,
      })
  }),
})

/** A pack in force. `version` is what every ledger entry carries, such as `taipei-health@1`. */
export const PackInForce = PackFile.omit({ meta: true }).extend({ ...Meta.shape, version: z.string() })
export type PolicyPack = z.output<typeof PackInForce>

/** Every record type has a term in every pack, so this throws only for a pack that was not parsed. */
export function retentionOf(pack: PolicyPack, record: RecordType): PolicyPack["retention"][number] {
  const term = pack.retention.find((r) => r.record === record)
  if (term === undefined) throw new Error(`The pack ${pack.version} has no term for ${record}`)
  return term
}
