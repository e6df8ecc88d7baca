import type { Json } from "../../kernel/decision.ts"
import { digestOf } from "../../kernel/digest.ts"
import type { ProviderId } from "../../kernel/ids.ts"
import type { Aggregate, Module } from "../../runtime/index.ts"
import { outsideAccountsHeldBy } from "./outside/on-leaving.ts"
import { outsideRoutes } from "./outside/routes.ts"
import { findOutsideAccount, listOutsideAccountIds } from "./outside/store.ts"
import { outsideTasksOf } from "./outside/tasks.ts"
import { providerRoutes } from "./routes.ts"
import { readProvider } from "./store.ts"

export { createProvider } from "./commands/create-provider.ts"
export { setConnector } from "./commands/set-connector.ts"
export { downloadResumable, listRemote, probeHostKey, type SftpTarget } from "./connectors/sftp.ts"
export { outsideAccountsCancelled } from "./outside/on-leaving.ts"
export { openConnector, rewrapConnectors, sealedSecret, type OpenedConnector } from "./connector.ts"

const providerAggregate: Aggregate = {
  type: "provider",
  stateOf: async (tx, id) => {
    const provider = await readProvider(tx, id as ProviderId)
    if (provider === null) return null
    const { sftp, ...rest } = provider
    // Key rotation wraps the secret anew; what must not change behind the program's back is where it connects.
    const connector =
      sftp === null
        ? null
        : {
            host: sftp.host,
            port: sftp.port,
            user: sftp.user,
            directory: sftp.directory,
            hostKey: sftp.hostKey,
          }
    return {
      version: provider.version,
      state: { ...rest, connector: connector === null ? null : digestOf(connector) },
    }
  },
  listIds: async (tx) => (await tx.selectFrom("provider").select("id").execute()).map((row) => row.id),
}

const outsideAccountAggregate: Aggregate = {
  type: "outside-account",
  stateOf: async (tx, id) => {
    const account = await findOutsideAccount(tx, id)
    return account === null ? null : { version: account.version, state: account as unknown as Json }
  },
  listIds: listOutsideAccountIds,
}

export const providers: Module = {
  name: "providers",
  aggregates: [providerAggregate, outsideAccountAggregate],
  holdingsOf: outsideAccountsHeldBy,
  routes: (runtime) => [...providerRoutes(runtime), ...outsideRoutes(runtime)],
  tasksOf: outsideTasksOf,
}
