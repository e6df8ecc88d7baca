import type { Endpoint, InputOf, ReplyOf } from "../../contract/endpoint.ts"
import { Problem } from "../../contract/problem.ts"

/** The server said no; `problem` carries every reason with its point and item. */
export class ApiProblem extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.title)
    this.name = "ApiProblem"
    this.problem = problem
  }
}

export interface CallInput<E extends Endpoint> {
  readonly params?: InputOf<E, "params">
  readonly query?: Partial<
    Record<keyof NonNullable<InputOf<E, "query">>, string | number | boolean | undefined>
  >
  readonly body?: InputOf<E, "body">
}

/** Sent when the session ended, so that the page can offer to sign in again over what was typed. */
export const SESSION_ENDED = "hushou:session-ended"

/** Calls one endpoint of the contract. Throws ApiProblem for every refusal. */
export async function call<E extends Endpoint>(endpoint: E, input: CallInput<E> = {}): Promise<ReplyOf<E>> {
  const answer = await send(
    endpoint,
    addressOf(endpoint, input),
    "body" in input ? JSON.stringify(input.body) : undefined,
    "application/json",
  )
  return (answer.status === 204 ? undefined : await answer.json()) as ReplyOf<E>
}

/** Sends raw bytes, as for a dropped mail, a scan or a part of a file. */
export async function callWithBytes<E extends Endpoint>(
  endpoint: E,
  bytes: Blob,
  input: CallInput<E> = {},
): Promise<ReplyOf<E>> {
  const answer = await send(endpoint, addressOf(endpoint, input), bytes, "application/octet-stream")
  return (await answer.json()) as ReplyOf<E>
}

/** Asks for a file and hands it to the browser to save. */
export async function saveFile<E extends Endpoint>(
  endpoint: E,
  input: CallInput<E>,
  name: string,
): Promise<void> {
  const answer = await send(endpoint, addressOf(endpoint, input), undefined, undefined)
  const link = document.createElement("a")
  link.href = URL.createObjectURL(await answer.blob())
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

async function send(
  endpoint: Endpoint,
  address: string,
  body: BodyInit | undefined,
  type: string | undefined,
): Promise<Response> {
  const headers = body === undefined || type === undefined ? {} : { "content-type": type }
  const answer = await fetch(address, {
    method: endpoint.method,
    credentials: "same-origin",
    headers,
    body: body ?? null,
  })
  if (answer.ok) return answer
  const problem = new ApiProblem(await problemIn(answer))
  if (answer.status === 401 && endpoint.access !== "public") window.dispatchEvent(new Event(SESSION_ENDED))
  throw problem
}

/** Also used for plain links, such as exports. */
export function addressOf<E extends Endpoint>(endpoint: E, { params, query }: CallInput<E>): string {
  const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String((params as Record<string, unknown> | undefined)?.[name])),
  )
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== "")
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
  return `/api${path}${given.length === 0 ? "" : `?${search.toString()}`}`
}

async function problemIn(answer: Response): Promise<Problem> {
  const read = Problem.safeParse(await answer.json().catch(() => null))
  if (read.success) return read.data
  const zh = "伺服器未能回應，已輸入的內容仍在畫面上，請稍後再試。"
  const en = "The server did not answer. What you typed is still here; try again later."
  return {
    type: "about:blank",
    title: zh,
    status: answer.status,
    refusals: [{ code: "NO_ANSWER", source: "", zh, en }],
  }
}
