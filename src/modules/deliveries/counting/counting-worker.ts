import { parentPort } from "node:worker_threads"
import { createCounter } from "./count.ts"
import type { Counter } from "./format.ts"
import type { Answer, Order } from "./off-thread.ts"

const counters = new Map<number, Counter>()

function obey(order: Order): Answer {
  switch (order.kind) {
    case "open":
      counters.set(order.id, createCounter(order.format))
      return {}
    case "write":
      counters.get(order.id)?.write(order.buffer.subarray(0, order.length))
      return { buffer: order.buffer }
    case "end": {
      const counted = counters.get(order.id)?.end()
      counters.delete(order.id)
      return counted === undefined ? {} : { counted }
    }
  }
}

parentPort?.on("message", (order: Order) => {
  const answer = obey(order)
  parentPort?.postMessage(answer, answer.buffer === undefined ? [] : [answer.buffer.buffer])
})
