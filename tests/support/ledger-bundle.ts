import { createPrivateKey, createPublicKey, sign } from "node:crypto"
import { instantOf } from "../../src/kernel/time.ts"
import { checkpointText, noteKeyId, signNote, type NoteSigner } from "../../src/ledger/checkpoint.ts"
import { DESTROYED_LINE, entryText, prepare, type NewEntry } from "../../src/ledger/entry.ts"
import { writeBundle, type BundleRow } from "../../src/ledger/export/bundle.ts"
import { EMPTY, extend, leafHash, rootOf } from "../../src/ledger/tree.ts"

const PKCS8_ED25519 = Buffer.from("302e020100300506032b657004220420", "hex")

/** A ledger key made from a fixed seed, so that vectors come out the same. */
export function sampleSigner(name = "hushou/sample", seed = 7): NoteSigner {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_ED25519, Buffer.alloc(32, seed)]),
    format: "der",
    type: "pkcs8",
  })
  const publicKey = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32)
  return { name, keyId: noteKeyId(name, publicKey), publicKey, sign: (message) => sign(null, message, key) }
}

/** The `i`-th of many different facts; times run on by a second. */
export function sampleFact(
  i: number,
  payload: NewEntry["payload"] = { 筆數: i, note: "比對無誤 𠮷" },
): NewEntry {
  return {
    time: instantOf(Date.UTC(2026, 10, 23, 1, 2, 3, 4) + i * 1000),
    actor: `person-${i % 7}`,
    kind: i % 2 === 0 ? "delivery-released" : "delivery-compared",
    duties: ["6-2d"],
    pack: "taipei-health@1",
    about: { type: "delivery", id: `delivery-${i % 5}`, version: i, digest: "ab".repeat(32) },
    refs: { file: `file-${i}`, unit: "unit-1" },
    subjects: i % 3 === 0 ? [`pseudonym-1:${"cd".repeat(32)}`] : [],
    payload,
    retention: i % 10 === 0 ? "refusal" : "register",
  }
}

/** Facts as a bundle holds them, salted by their index; `isDestroyed` names those whose payload is gone. */
export function rowsOf(
  facts: readonly NewEntry[],
  isDestroyed: (fact: NewEntry) => boolean = () => false,
): BundleRow[] {
  return facts.map((fact, index) => {
    const prepared = prepare(fact, index.toString(16).padStart(32, "0"))
    const entry = entryText(index, prepared)
    const payloadLine = isDestroyed(fact) ? DESTROYED_LINE : prepared.payloadLine
    return { entry, leaf: leafHash(entry), payloadLine }
  })
}

/** The signed head of the first `size` rows. */
export function headOf(rows: readonly BundleRow[], signer: NoteSigner, size = rows.length): string {
  const leaves = rows.slice(0, size).map((row) => row.leaf)
  return signNote(checkpointText({ origin: signer.name, size, root: rootOf(extend(EMPTY, leaves)) }), signer)
}

/** Writes a whole bundle of `rows` into `dir`. */
export async function bundleOf(
  dir: string,
  rows: readonly BundleRow[],
  signer = sampleSigner(),
  head = headOf(rows, signer),
): Promise<void> {
  await writeBundle(dir, signer, head, slicesOf(rows))
}

async function* slicesOf(rows: readonly BundleRow[]): AsyncGenerator<readonly BundleRow[]> {
  for (let i = 0; i < rows.length; i += 256) yield await Promise.resolve(rows.slice(i, i + 256))
}
