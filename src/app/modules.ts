import { access } from "../modules/access/index.ts"
import { deadlines } from "../modules/deadlines/index.ts"
import { deliveries } from "../modules/deliveries/index.ts"
import { linkages } from "../modules/linkages/index.ts"
import { notices } from "../modules/notices/index.ts"
import { people } from "../modules/people/index.ts"
import { providers } from "../modules/providers/index.ts"
import { vendors } from "../modules/vendors/index.ts"
import type { Module } from "../runtime/index.ts"

/** Every capability in order: a module may call earlier ones only. */
export function modulesAt(origin: string): readonly Module[] {
  return [people, access(origin), notices, deadlines, vendors, providers, linkages, deliveries]
}
