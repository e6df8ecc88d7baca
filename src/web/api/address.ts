import type { Endpoint } from "../../contract/endpoint.ts"
import type { AddressInput, Arguments } from "./input.ts"

/** The address of an endpoint, for links such as exports; empty members of the query are left out. */
export function addressOf<E extends Endpoint>(endpoint: E, ...[input]: Arguments<AddressInput<E>>): string {
  return addressFrom(endpoint, input)
}

/** The same for input whose type the caller has checked. */
export function addressFrom({ path }: Endpoint, input: unknown): string {
  const { params = {}, query = {} } = (input ?? {}) as {
    readonly params?: Readonly<Record<string, unknown>>
    readonly query?: Readonly<Record<string, unknown>>
  }
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const given = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  )
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
  return `/api${filled}${given.length === 0 ? "" : `?${search.toString()}`}`
}
