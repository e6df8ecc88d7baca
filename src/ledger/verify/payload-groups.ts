/** The payloads that one data key sealed: retention class and month in Taipei. */
export interface PayloadGroup {
  present: number
  destroyed: number
  /** First entry whose payload is destroyed. */
  firstDestroyed: number
}

/** By retention class, then by month. */
export type PayloadGroups = Map<string, Map<string, PayloadGroup>>

/** Counts a payload under its data key. */
export function countPayload(
  groups: PayloadGroups,
  { index, retention, time }: { readonly index: number; readonly retention: string; readonly time: string },
  isDestroyed: boolean,
): void {
  const months = groups.get(retention) ?? new Map<string, PayloadGroup>()
  if (months.size === 0) groups.set(retention, months)
  const month = taipeiMonth(time)
  const group = months.get(month) ?? { present: 0, destroyed: 0, firstDestroyed: index }
  if (group.present + group.destroyed === 0) months.set(month, group)
  if (!isDestroyed) group.present += 1
  else if (group.destroyed++ === 0) group.firstDestroyed = index
}

/** UTC+8: only the evening of a month's last day belongs to the next month. */
function taipeiMonth(time: string): string {
  const isEarly = time.slice(8, 10) < "28" || time.slice(11, 13) < "16"
  return isEarly ? time.slice(0, 7) : new Date(Date.parse(time) + 28_800_000).toISOString().slice(0, 7)
}

/** Adds the counts of a later part of the log. */
export function addGroups(all: PayloadGroups, more: PayloadGroups): void {
  for (const [retention, months] of more)
    for (const [month, group] of months) {
      const known = all.get(retention)?.get(month)
      if (known === undefined) all.set(retention, new Map(all.get(retention)).set(month, { ...group }))
      else addGroup(known, group)
    }
}

function addGroup(known: PayloadGroup, more: PayloadGroup): void {
  if (known.destroyed === 0) known.firstDestroyed = more.firstDestroyed
  known.present += more.present
  known.destroyed += more.destroyed
}

/** Every data key's counts under its name, `<class>/<month>`. */
export function namedGroups(groups: PayloadGroups): [string, PayloadGroup][] {
  return [...groups].flatMap(([retention, months]) =>
    [...months].map(([month, group]): [string, PayloadGroup] => [`${retention}/${month}`, group]),
  )
}
