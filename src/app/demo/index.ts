import { join } from "node:path"
import type { Runtime } from "../../runtime/index.ts"
import { DEMO_PASSWORD, SEATS, seedDemonstration } from "./seed.ts"
import { startSimulator, type RunningSimulator } from "./simulator.ts"

export { requireFitting } from "./seed.ts"

/** 示範環境: the demonstration agency, its accounts and a running provider. */
export async function startDemonstration(dataDir: string): Promise<RunningSimulator> {
  return startSimulator(join(dataDir, "provider-sim"), "handler@health.example")
}

export async function loadDemonstration(runtime: Runtime, sim: RunningSimulator): Promise<void> {
  await seedDemonstration(runtime, sim)
}

/** What the terminal prints. */
export function demonstrationText(origin: string, sim: RunningSimulator): string {
  const rows = SEATS.map(({ login, name, title }) => `  ${login.padEnd(16)} ${title}　${name}`)
  return [
    `示範環境（資料均為虛構）：${origin}`,
    `帳號如下，密碼皆為 ${DEMO_PASSWORD}  (accounts; the password of all of them)`,
    ...rows,
    "提供機關之通知郵件，一檔一封，可拖放至「登錄提供機關通知」 (the provider's notices; truncated-115 ends inside a record):",
    ...sim.noticePaths.map((path) => `  ${path}`),
  ].join("\n")
}
