import type { ProviderId } from "../../kernel/ids.ts"
import { newId } from "../../platform/ids.ts"
import { bind, type BoundRoute } from "../../platform/http/bind.ts"
import { runCommand, type Runtime } from "../../runtime/index.ts"
import { createProvider } from "./commands/create-provider.ts"
import { setConnector } from "./commands/set-connector.ts"
import { sealedSecret } from "./connector.ts"
import * as contract from "./contract.ts"
import { readProviders } from "./reads.ts"

export function providerRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    bind(contract.listProviders, () => readProviders(runtime.db)),
    bind(contract.createProvider, ({ body, actor }) =>
      runCommand(runtime, createProvider, { ...body, id: newId() as ProviderId }, actor),
    ),
    bind(contract.setConnector, async ({ params, body: { password, ...sftp }, actor }) => {
      const provider = params.id as ProviderId
      await runCommand(
        runtime,
        setConnector,
        { provider, sftp: { ...sftp, ...sealedSecret(runtime.keyring, provider, password) } },
        actor,
      )
    }),
  ]
}
