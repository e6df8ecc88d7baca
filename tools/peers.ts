/**
 * `npm run peers [name…]` tries Hushou against real programs too heavy for the gate. Each peer is a file in
 * tools/peers/; its packages are installed when root on Debian.
 */
import { installPackages } from "./install-peers.ts"
import { libreoffice } from "./peers/libreoffice.ts"
import { postgresql15 } from "./peers/postgresql-15.ts"

export interface Peer {
  readonly name: string
  /** Debian's names. */
  readonly packages: readonly string[]
  /** Throws when Hushou and the peer do not agree. */
  readonly run: () => Promise<void>
}

const PEERS: readonly Peer[] = [libreoffice, postgresql15]

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !PEERS.some((peer) => peer.name === name))
  if (unknown.length > 0) throw new Error(`no such peer: ${unknown.join(", ")}`)
  const chosen = names.length === 0 ? PEERS : PEERS.filter((peer) => names.includes(peer.name))
  for (const { name, packages, run } of chosen) {
    process.stdout.write(`peer ${name}\n`)
    await installPackages(packages)
    await run()
  }
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : "unknown error"}\n`)
  process.exitCode = 1
})
