import { readdirSync, readFileSync } from "node:fs"
import { readPack } from "../regulation/packs/read-pack.ts"
import type { PolicyPack } from "../regulation/packs/schema.ts"

const FOLDER = new URL("../regulation/packs/", import.meta.url)

/** The shipped policy pack of that id. Throws an error that names the packs there are, or the wrong line. */
export function packOf(id: string): PolicyPack {
  const shipped = readdirSync(FOLDER).filter((name) => name.endsWith(".yaml"))
  if (!shipped.includes(`${id}.yaml`))
    throw new Error(
      `There is no policy pack “${id}”; there is ${shipped.join(", ").replaceAll(".yaml", "")}.`,
    )
  const read = readPack(readFileSync(new URL(`${id}.yaml`, FOLDER), "utf8"))
  if (!read.ok) throw new Error(`${id}.yaml, line ${read.errors[0].line}: ${read.errors[0].message}`)
  if (read.pack.id !== id) throw new Error(`${id}.yaml says that its id is ${read.pack.id}`)
  return read.pack
}
