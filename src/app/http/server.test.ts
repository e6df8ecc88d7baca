import { once } from "node:events"
import { connect } from "node:net"
import fastify from "fastify"
import { expect, test } from "vitest"
import { closeServer } from "./server.ts"

test("a request that never ends does not keep the program from stopping", async () => {
  const server = fastify()
  server.post("/", () => "done")
  await server.listen({ host: "127.0.0.1", port: 0 })
  const { port } = server.server.address() as { port: number }
  const client = connect(port, "127.0.0.1").on("error", () => undefined)
  client.resume()
  client.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nonly")
  await once(server.server, "request")
  const cut = once(client, "close")
  await closeServer(server, 20)
  await cut
  expect(server.server.listening).toBe(false)
})
