import type { Command } from "../../../runtime/index.ts"
import type { Provider } from "../model.ts"
import { decideCreateProvider, type NewProvider } from "../rules.ts"
import { isProviderCodeTaken, saveProvider } from "../store.ts"

export const createProvider: Command<NewProvider, { codeTaken: boolean }, Provider> = {
  name: "create-provider",
  load: async (tx, { code }) => ({ codeTaken: await isProviderCodeTaken(tx, code) }),
  decide: decideCreateProvider,
  save: saveProvider,
}
