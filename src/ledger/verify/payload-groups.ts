/** The payloads that one data key sealed: retention class and month in Taipei. */
export interface PayloadGroup {
  present: number
  destroyed: number
  /** First entry whose payload is destroyed. */
  firstDestroyed: number
}

export type PayloadGroups = Map<string, PayloadGroup>

/** Counts a payload under its data key's name. */
export function countPayload(
  groups: PayloadGroups,
  entry: { readonly index: number; readonly retention: string; readonly time: string },
  isDestroyed: boolean,
): void {
  const name = `${entry.retention}/${taipeiMonth(entry.time)}`
  let group = groups.get(name)
  if (group === undefined)
    groups.set(name, (group = { present: 0, destroyed: 0, firstDestroyed: entry.index }))
  if (!isDestroyed) group.present += 1
  else if (group.destroyed++ === 0) group.firstDestroyed = entry.index
}

/** UTC+8: only the evening of a month's last day belongs to the next month. */
function taipeiMonth(time: string): string {
  const isEarly = time.slice(8, 10) < "28" || time.slice(11, 13) < "16"
  return isEarly ? time.slice(0, 7) : new Date(Date.parse(time) + 28_800_000).toISOString().slice(0, 7)
}

/** Adds the counts of a later part of the log. */
export function addGroups(all: PayloadGroups, more: PayloadGroups): void {
  for (const [name, group] of more) {
    const known = all.get(name)
    if (known === undefined) all.set(name, { ...group })
    else {
      if (known.destroyed === 0) known.firstDestroyed = group.firstDestroyed
      known.present += group.present
      known.destroyed += group.destroyed
    }
  }
}
