import { rocDate, rocDateTime } from "../../../kernel/roc-date.ts"
import { taipeiDate, type CivilDate, type Instant } from "../../../kernel/time.ts"

/** 民國115年11月23日, with the AD date on hover. */
export function RocDate({ date }: { readonly date: string }) {
  return (
    <time dateTime={date} title={date} className="nowrap">
      {rocDate(date as CivilDate)}
    </time>
  )
}

/** 115.11.23 14:05 in Taipei, with the AD date on hover. */
export function RocDateTime({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={`${taipeiDate(at as Instant)} (UTC+8)`} className="nowrap">
      {rocDateTime(at as Instant)}
    </time>
  )
}
