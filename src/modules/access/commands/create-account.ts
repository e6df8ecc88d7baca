import type { AccountId, PersonId } from "../../../kernel/ids.ts"
import type { Command } from "../../../runtime/index.ts"
import type { Account } from "../model.ts"
import { decideCreateAccount } from "../rules/accounts.ts"
import { findAccountByLogin, hasAccount, insertAccount } from "../store.ts"

interface Input {
  readonly id: AccountId
  readonly person: PersonId
  readonly loginName: string
}

interface Around {
  readonly personExists: boolean
  readonly hasAccount: boolean
  readonly loginNameTaken: boolean
}

export const createAccount: Command<Input, Around, Account> = {
  name: "create-account",
  load: async (tx, { person, loginName }) => {
    const found = await tx
      .selectFrom("people_v_actor")
      .select("person")
      .where("person", "=", person)
      .executeTakeFirst()
    return {
      personExists: found !== undefined,
      hasAccount: await hasAccount(tx, person),
      loginNameTaken: (await findAccountByLogin(tx, loginName)) !== null,
    }
  },
  decide: decideCreateAccount,
  save: insertAccount,
}
