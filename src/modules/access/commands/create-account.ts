import type { AccountId, PersonId } from "../../../kernel/ids.ts"
import type { Command } from "../../../runtime/index.ts"
import type { Account } from "../model.ts"
import { decideCreateAccount } from "../rules.ts"
import { findAccountByLogin, insertAccount } from "../store.ts"

interface Input {
  readonly id: AccountId
  readonly person: PersonId
  readonly loginName: string
}

export const createAccount: Command<Input, { personExists: boolean; loginNameTaken: boolean }, Account> = {
  name: "create-account",
  load: async (tx, { person, loginName }) => {
    const found = await tx
      .selectFrom("people_v_actor")
      .select("person")
      .where("person", "=", person)
      .executeTakeFirst()
    return {
      personExists: found !== undefined,
      loginNameTaken: (await findAccountByLogin(tx, loginName)) !== null,
    }
  },
  decide: decideCreateAccount,
  save: insertAccount,
}
