import type { z } from "zod"
import type { RefusalCode } from "../regulation/refusals/index.ts"

type Method = "GET" | "POST" | "PUT" | "DELETE"

/** One HTTP endpoint as a value shared by the server, the screens and the OpenAPI document. */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  readonly method: Method
  /** Below `/api`, with `:name` for parameters. */
  readonly path: string
  readonly summary: string
  /**
   * `signed-in` unless said otherwise: no route is open by accident. `signing-in` is open also while a new
   * password is still owed.
   */
  readonly access: Access
  readonly params?: Params
  readonly query?: Query
  /** A JSON body; a `stream` body is raw bytes that the handler reads itself. */
  readonly body?: Body | "stream"
  /** A JSON reply; a `file` reply is raw bytes. */
  readonly reply: Reply | "file" | "nothing"
  /** Refusals of its own, beside those every endpoint can give. */
  readonly refuses: readonly RefusalCode[]
}

export type Access = "public" | "signing-in" | "signed-in"

export type InputOf<E, Part extends "params" | "query" | "body"> = E extends {
  readonly [K in Part]: infer Schema
}
  ? Schema extends z.ZodType
    ? z.infer<Schema>
    : undefined
  : undefined

/** What a handler resolves with; for `file` and `nothing` it does not matter. */
export type ReplyOf<E> = E extends { readonly reply: infer Schema }
  ? Schema extends z.ZodType
    ? z.infer<Schema>
    : unknown
  : unknown

/** Declares an endpoint; the argument's exact type is kept, so that a wrong handler does not compile. */
export function endpoint<
  const E extends Omit<Endpoint, "access"> & { readonly access?: "public" | "signing-in" },
>(declared: E): E & { readonly access: Access } {
  return { ...declared, access: declared.access ?? "signed-in" }
}
