import { VerificationFailure } from "./failure.ts"
import { parent, sha256, type Digest } from "./hashing.ts"
import { readCheckpoint, readKey } from "./notes.ts"

const half = (n: number): number => Math.floor(n / 2)
const isOdd = (n: number): boolean => n % 2 === 1

/** RFC 9162 §2.1.3.2: the root that an inclusion proof leads to; `null` when its length does not fit. */
function rootOfPath(index: number, size: number, leaf: Digest, path: readonly Digest[]): Digest | null {
  let [at, last, root] = [index, size - 1, leaf]
  for (const sibling of path) {
    if (last === 0) return null
    if (!isOdd(at) && at !== last) root = parent(root, sibling)
    else {
      root = parent(sibling, root)
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)]
    }
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 ? root : null
}

export interface ProvenEntry {
  readonly index: number
  readonly size: number
  readonly entry: string
}

/**
 * Verifies an inclusion proof in the form of C2SP tlog-proof, whose extra data is the entry itself.
 * Throws VerificationFailure when it proves nothing about that entry under `key`.
 */
export function verifyProof(proof: string, key: string): ProvenEntry {
  const [, extra = "", digits = "", path = "", checkpoint = ""] =
    /^c2sp\.org\/tlog-proof@v1\nextra ([A-Za-z0-9+/=]+)\nindex (0|[1-9][0-9]{0,14})\n((?:[A-Za-z0-9+/]{43}=\n)*)\n(.*)$/s.exec(
      proof,
    ) ?? []
  if (checkpoint === "")
    throw new VerificationFailure("proof", "is not a tlog-proof with the entry as extra data")
  const head = readCheckpoint(Buffer.from(checkpoint), readKey(key.trim(), "--key"), "checkpoint")
  const entry = Buffer.from(extra, "base64")
  const index = Number(digits)
  const hashes = path.split("\n").slice(0, -1)
  const root = rootOfPath(
    index,
    head.size,
    sha256(Buffer.concat([Buffer.of(0), entry])),
    hashes.map((hash) => Buffer.from(hash, "base64").toString("latin1")),
  )
  if (index >= head.size || root !== head.root)
    throw new VerificationFailure("proof", `does not lead from the entry to the root of ${head.size} entries`)
  return { index, size: head.size, entry: entry.toString() }
}
