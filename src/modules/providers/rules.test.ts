import { expect, test } from "vitest"
import { actorOf, handler, itHandler, NOW } from "../../../tests/support/deliveries.ts"
import { dutyTest } from "../../../tests/support/duty-test.ts"
import type { ProviderId } from "../../kernel/ids.ts"
import { PROVIDER_KINDS, type Provider, type SftpConnector } from "./model.ts"
import { decideCreateProvider, decideSetConnector, type NewProvider } from "./rules.ts"

const NEW: NewProvider = {
  id: "provider-1" as ProviderId,
  code: "TPE",
  name: "臺北市政府民政局",
  kind: "municipality",
  contactEmail: "data@civil.example",
}
const SFTP: SftpConnector = {
  host: "sftp.civil.example",
  port: 22,
  user: "health",
  directory: "/out",
  hostKey: "SHA256:abc",
  secret: Uint8Array.of(1, 2, 3),
  secretKek: "kek-1",
}
const deciding = { actor: actorOf(itHandler), now: NOW }

function provider(): Provider {
  return { ...NEW, sftp: null, version: 1, createdAt: NOW }
}

dutyTest("4-1", "提供機關含各縣市民政局處及內政部，代碼不得重複", () => {
  for (const kind of PROVIDER_KINDS) {
    const decision = decideCreateProvider({ codeTaken: false }, { ...NEW, kind }, deciding)
    expect(decision).toMatchObject({ ok: true, next: { kind, version: 1 }, facts: [{ duties: ["4-1"] }] })
  }
  const taken = decideCreateProvider({ codeTaken: true }, NEW, deciding)
  expect(taken).toEqual({ ok: false, refusals: [{ code: "PROVIDER_CODE_TAKEN" }] })
})

dutyTest("4-1", "提供機關由資訊室或系統管理者建檔", () => {
  const actor = actorOf(handler)
  const refused = { ok: false, refusals: [{ code: "NOT_PERMITTED" }] }
  expect(decideCreateProvider({ codeTaken: false }, NEW, { actor, now: NOW })).toEqual(refused)
  expect(decideSetConnector(provider(), SFTP, { actor, now: NOW })).toEqual(refused)
})

test("the ledger learns a connector's address and host key, never its secret", () => {
  const decision = decideSetConnector(provider(), SFTP, deciding)
  if (!decision.ok) throw new Error("it was refused")
  const { host, port, user, directory, hostKey } = SFTP
  expect(decision.facts[0]?.payload).toEqual({ host, port, user, directory, hostKey })
  expect(decision.next).toMatchObject({ sftp: SFTP, version: 2 })
})
