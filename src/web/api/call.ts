import type { Endpoint, ReplyOf } from "../../contract/endpoint.ts"
import { addressFrom } from "./address.ts"
import type { AddressInput, Arguments, CallInput } from "./input.ts"
import { readProblem, unreachable } from "./problem.ts"
import { signedInAgainAfter } from "./session.ts"
import { transmit, type Following } from "./transmit.ts"

/** Calls one endpoint of a contract. Throws ApiProblem for every refusal; waits out an ended session. */
export async function call<E extends Endpoint>(
  endpoint: E,
  ...[input]: Arguments<CallInput<E>>
): Promise<ReplyOf<E>> {
  return replyIn(endpoint, await whileSignedIn(() => send(endpoint, input)))
}

/** The same, where an ended session is an answer like any other: at the door, and while signing in again. */
export async function callOnce<E extends Endpoint>(
  endpoint: E,
  ...[input]: Arguments<CallInput<E>>
): Promise<ReplyOf<E>> {
  return replyIn(endpoint, await send(endpoint, input))
}

/** Sends raw bytes, as for a dropped mail, a scan or a part of a file. Throws ApiProblem. */
export async function callWithBytes<E extends Endpoint>(
  endpoint: E,
  bytes: Blob,
  input: AddressInput<E>,
  following: Following = {},
): Promise<ReplyOf<E>> {
  const text = await whileSignedIn(async () => {
    const answer = await transmit(endpoint.method, addressFrom(endpoint, input), bytes, following)
    if (answer.status >= 200 && answer.status < 300) return answer.text
    throw readProblem(answer.status, answer.text)
  })
  return JSON.parse(text) as ReplyOf<E>
}

/** Asks for a file that a link cannot fetch and hands it to the browser to save as `name`. */
export async function saveFile<E extends Endpoint>(
  endpoint: E,
  input: CallInput<E>,
  name: string,
): Promise<void> {
  const answer = await whileSignedIn(() => send(endpoint, input))
  const link = document.createElement("a")
  link.href = URL.createObjectURL(await answer.blob())
  link.download = name
  link.click()
  // The browser reads the address after the click, at a time of its own.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

async function send(endpoint: Endpoint, input: unknown): Promise<Response> {
  const { body } = (input ?? {}) as { readonly body?: unknown }
  const answer = await fetch(addressFrom(endpoint, input), {
    method: endpoint.method,
    credentials: "same-origin",
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
  }).catch(() => {
    throw unreachable()
  })
  if (answer.ok) return answer
  throw readProblem(answer.status, await answer.text())
}

async function replyIn<E extends Endpoint>(endpoint: E, answer: Response): Promise<ReplyOf<E>> {
  return (endpoint.reply === "nothing" ? undefined : await answer.json()) as ReplyOf<E>
}

/** Nothing was done when nobody was signed in, so the same request may go out again after the sign-in. */
async function whileSignedIn<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
  try {
    return await attempt()
  } catch (thrown) {
    await signedInAgainAfter(thrown)
    return whileSignedIn(attempt)
  }
}
