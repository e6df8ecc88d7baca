/** Every duty of the regulation, by the ids of `docs/regulation`. */
export interface Duty {
  readonly kind: "software" | "organisational"
  readonly point: string
  readonly zh: string
  readonly why?: string
}

export const DUTIES = {
  "6-2d": { kind: "software", point: "第六點第（二）款", zh: "兩職章齊備，資訊室始得提供資料" },
} as const satisfies Readonly<Record<string, Duty>>
export type DutyId = keyof typeof DUTIES
