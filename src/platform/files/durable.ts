import { randomBytes } from "node:crypto"
import { constants } from "node:fs"
import { link, open, rename, rm } from "node:fs/promises"
import { dirname } from "node:path"
import { newId } from "../ids.ts"
import { unlessMissing } from "./errors.ts"

/** Makes the names in `directory` survive power loss. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === "win32") return // Windows cannot open directories; NTFS journals names itself
  const handle = await open(directory, constants.O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Replaces or creates `path` in one step (mode 0600): after a crash it holds the old or the new bytes, never a part. */
export async function writeDurably(path: string, bytes: Uint8Array | string): Promise<void> {
  await viaTemporary(path, bytes, (temporary) => rename(temporary, path))
}

/** Like `writeDurably` but never replaces: rejects with EEXIST when `path` is there already. */
export async function createDurably(path: string, bytes: Uint8Array | string): Promise<void> {
  await viaTemporary(path, bytes, (temporary) => link(temporary, path))
}

async function viaTemporary(
  path: string,
  bytes: Uint8Array | string,
  publish: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = `${path}.${newId()}.tmp`
  try {
    const handle = await open(temporary, "wx", 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await publish(temporary)
  } finally {
    await rm(temporary, { force: true })
  }
  await syncDirectory(dirname(path))
}

/** Overwrites a file of a key with noise and removes it; the caller makes the name's absence durable. */
export async function shred(path: string): Promise<void> {
  const handle = await unlessMissing(open(path, "r+"))
  if (handle === null) return
  try {
    await handle.write(randomBytes((await handle.stat()).size), 0, undefined, 0)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rm(path, { force: true })
}
