import { RocDateTime } from "./dates/roc-date.tsx"

interface TimelineEvent {
  readonly key: string | number
  readonly at: string
  readonly what: string
  readonly who: string
  /** Where the proof is, such as #42 of the ledger. */
  readonly evidence?: string
}

/** What happened, in the order given. */
export function Timeline({ events }: { readonly events: readonly TimelineEvent[] }) {
  return (
    <ol className="timeline">
      {events.map(({ key, at, what, who, evidence }) => (
        <li key={key}>
          <RocDateTime at={at} /> <strong>{what}</strong> <span>{who}</span>{" "}
          <span className="timeline-evidence">{evidence}</span>
        </li>
      ))}
    </ol>
  )
}
