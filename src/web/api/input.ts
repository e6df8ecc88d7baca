import type { z } from "zod"
import type { Endpoint } from "../../contract/endpoint.ts"

/** What an endpoint is sent: the parsed types; what the schema fills in may be left out or undefined. */
type Given<S extends z.ZodType> = {
  [K in keyof z.input<S>]:
    | (K extends keyof z.output<S> ? z.output<S>[K] : never)
    | (object extends Pick<z.input<S>, K> ? undefined : never)
}

type Part<E, Name extends "params" | "query"> = E extends { readonly [K in Name]: infer S extends z.ZodType }
  ? object extends Given<S>
    ? { readonly [K in Name]?: Given<S> }
    : { readonly [K in Name]: Given<S> }
  : unknown

type Body<E> = E extends { readonly body: infer S extends z.ZodType }
  ? { readonly body: z.input<S> }
  : unknown

/** Parameters and query of an endpoint, as `addressOf` takes them. */
export type AddressInput<E extends Endpoint> = Part<E, "params"> & Part<E, "query">

/** Parameters, query and JSON body of an endpoint, as `call` takes them. */
export type CallInput<E extends Endpoint> = AddressInput<E> & Body<E>

/** `[input]`, or nothing when the endpoint needs none. */
export type Arguments<Input> = object extends Input ? [input?: Input] : [input: Input]
