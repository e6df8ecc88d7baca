import type { DeliveryDetail } from "../../../modules/deliveries/contract.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateTime } from "../../ui/dates/roc-date.tsx"

const TEXT = {
  title: { zh: "提供及疑義", en: "Release and dispute" },
  releasedTo: { zh: "資料提供予", en: "Released to" },
  releasedBy: { zh: "提供人及時間", en: "Released by" },
  letter: { zh: "疑義發文字號", en: "Letter of the dispute" },
  reason: { zh: "疑義內容", en: "What is doubted" },
  sent: { zh: "發文時間", en: "Sent" },
  recorded: { zh: "登錄時間", en: "Recorded" },
} as const

/** Who the data went to, and what was asked of the provider about the counts. */
export function OutcomePanel({
  detail: { release, dispute },
}: {
  readonly detail: Pick<DeliveryDetail, "release" | "dispute">
}) {
  const say = useSay()
  if (release === null) return null
  return (
    <section aria-label={say(TEXT.title)} data-duty="6-2d">
      <h2>{say(TEXT.title)}</h2>
      <dl className="facts">
        <dt>{say(TEXT.releasedTo)}</dt>
        <dd>{release.releasedTo}</dd>
        <dt>{say(TEXT.releasedBy)}</dt>
        <dd>
          {release.releasedBy} <RocDateTime at={release.releasedAt} />
        </dd>
        {dispute !== null && (
          <>
            <dt>{say(TEXT.letter)}</dt>
            <dd>{dispute.letter}</dd>
            <dt>{say(TEXT.reason)}</dt>
            <dd>{dispute.reason}</dd>
            <dt>{say(TEXT.sent)}</dt>
            <dd>
              <RocDateTime at={dispute.happenedAt} />
            </dd>
            <dt>{say(TEXT.recorded)}</dt>
            <dd>
              <RocDateTime at={dispute.recordedAt} />
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}

const NOTES = {
  to: { zh: "予{name}", en: "to {name}" },
  letter: { zh: "發文字號 {letter}", en: "letter {letter}" },
} as const

/** What the timeline adds to the newest release and dispute; earlier ones are in the ledger. */
export function useTimelineNotes({
  release,
  dispute,
  timeline,
}: DeliveryDetail): ReadonlyMap<number, string> {
  const say = useSay()
  const newest = (kind: string) =>
    Math.max(...timeline.filter((event) => event.kind === kind).map(({ index }) => index))
  return new Map([
    ...(release === null
      ? []
      : [[newest("delivery-released"), say(NOTES.to, { name: release.releasedTo })] as const]),
    ...(dispute === null
      ? []
      : [[newest("counts-disputed"), say(NOTES.letter, { letter: dispute.letter })] as const]),
  ])
}
