import type { Published } from "../../tools/provider-sim/publish.ts"
import type { Login } from "./client.ts"

/** A provider's file and the way it takes into the agency (6-1b). */
export interface Sent {
  readonly file: Published
  readonly via: "upload" | "sftp"
}

interface KnownStamp {
  readonly delivery: string
  readonly place: string
  readonly digest: string
}

/** Everything the server said yes to; none of it may be missing after any number of kills. */
export class Acknowledged {
  readonly sent = new Map<string, Sent>()
  readonly deliveries = new Map<string, { readonly state: string; readonly number: string }>()
  /** Bytes of unfinished uploads. */
  readonly offsets = new Map<string, number>()
  readonly sessions = new Map<Login, string>()
  readonly stamps: KnownStamp[] = []
  /** Deliveries that a kill stopped on their way, for whoever works next. */
  readonly interrupted: string[] = []
  actions = 0
  /** How often a kill came while a file was on its way from the provider. */
  downloadsCut = 0
}
