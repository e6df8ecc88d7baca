import { createHash, randomBytes } from "node:crypto"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import ssh2 from "ssh2"

/** The SSH host key kept in `directory`, made at the first start (Ed25519). */
export async function hostKeyOf(directory: string): Promise<{ privateKey: string; fingerprint: string }> {
  const privateKey = await keep(join(directory, "host-key"), makeKey)
  const key = ssh2.utils.parseKey(privateKey)
  if (key instanceof Error) throw key
  const digest = createHash("sha256").update(key.getPublicSSH()).digest("base64")
  return { privateKey, fingerprint: `SHA256:${digest.replace(/=+$/, "")}` }
}

/** A readable key: three in a thousand that ssh2 1.17 makes are malformed, as OpenSSH agrees. */
function makeKey(): string {
  for (;;) {
    const made = ssh2.utils.generateKeyPairSync("ed25519").private
    if (!(ssh2.utils.parseKey(made) instanceof Error)) return made
  }
}

/** The password kept in `directory`, made at the first start. */
export function passwordOf(directory: string): Promise<string> {
  return keep(join(directory, "sftp-password"), () => randomBytes(12).toString("base64url"))
}

async function keep(path: string, make: () => string): Promise<string> {
  try {
    return await readFile(path, "utf8")
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error
  }
  const made = make()
  await writeFile(path, made, { mode: 0o600 })
  return made
}
