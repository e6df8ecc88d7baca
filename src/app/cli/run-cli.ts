import { WRONG_USAGE, type Subcommand } from "./subcommand.ts"

/** Every subcommand, loaded only when called, so that each starts fast and needs only its own parts. */
const SUBCOMMANDS: Readonly<Record<string, { gist: string; load: () => Promise<Subcommand> }>> = {
  deadline: {
    gist: "法定期間之末日及理由 (the end of a legal term, and why)",
    load: () => import("./deadline.ts"),
  },
  keys: {
    gist: "更換、銷毀金鑰 (rotate and destroy keys)",
    load: () => import("./keys.ts"),
  },
  ledger: {
    gist: "匯出、驗證軌跡紀錄 (export, verify and prove the ledger)",
    load: () => import("./ledger.ts"),
  },
}

/** Runs `hushou <subcommand> …`; a wrong call gets one clear line and exit code 2. */
export async function runCli([name, ...argv]: string[]): Promise<number> {
  if (name === undefined || name === "--help" || name === "help") {
    console.log(usage())
    return name === undefined ? WRONG_USAGE : 0
  }
  const subcommand = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined
  if (subcommand !== undefined) return (await subcommand.load()).run(argv)
  console.error(
    `hushou: 沒有「${name}」這個指令 (no such command); 可用 (there is): ${Object.keys(SUBCOMMANDS).join(", ")}`,
  )
  return WRONG_USAGE
}

function usage(): string {
  const lines = Object.entries(SUBCOMMANDS).map(([name, { gist }]) => `  hushou ${name.padEnd(10)} ${gist}`)
  return ["用法 (usage):", ...lines].join("\n")
}
