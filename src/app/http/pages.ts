import fastifyStatic from "@fastify/static"
import type { FastifyInstance } from "fastify"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { StartError } from "../../platform/start-error.ts"

const BUILT = join(import.meta.dirname, "../../../dist/web")

/** Serves the screens: built files by name, and the one page for every address that is not the API's. */
export async function servePages(server: FastifyInstance): Promise<void> {
  if (!existsSync(join(BUILT, "index.html")))
    throw new StartError(
      "畫面尚未建置，請執行 npm run build:web",
      "the screens are not built; run npm run build:web",
    )
  await server.register(fastifyStatic, {
    root: BUILT,
    wildcard: false,
    index: false,
    setHeaders: (response, path) => {
      response.header(
        "cache-control",
        path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
      )
    },
  })
  // Without these an unknown address of the API would answer with the page.
  for (const path of ["/api", "/api/*"]) server.get(path, (_request, reply) => reply.callNotFound())
  for (const path of ["/", "/:a", "/:a/:b", "/:a/:b/:c"])
    server.get(path, (_request, reply) => reply.header("cache-control", "no-cache").sendFile("index.html"))
}
