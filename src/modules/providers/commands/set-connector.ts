import type { ProviderId } from "../../../kernel/ids.ts"
import type { Command } from "../../../runtime/index.ts"
import type { Provider, SftpConnector } from "../model.ts"
import { decideSetConnector } from "../rules.ts"
import { loadProvider, saveProvider } from "../store.ts"

/** The password comes sealed (`sealedSecret`), so that no transaction ever holds it in the clear. */
export const setConnector: Command<{ provider: ProviderId; sftp: SftpConnector }, Provider, Provider> = {
  name: "set-connector",
  load: (tx, { provider }) => loadProvider(tx, provider),
  decide: (provider, { sftp }, deciding) => decideSetConnector(provider, sftp, deciding),
  save: saveProvider,
}
