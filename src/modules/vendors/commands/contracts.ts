import { stdnum } from "stdnum"
import type { CivilDate } from "../../../kernel/time.ts"
import type { Command } from "../../../runtime/index.ts"
import type { Contract, ContractId, Vendor } from "../model.ts"
import {
  decideProlongContract,
  decideRecordContract,
  decideRegisterVendor,
  type AroundContract,
  type AroundVendor,
  type NewContract,
  type NewVendor,
} from "../rules/contracts.ts"
import { desksIn, seatsOf, seesUnit } from "../seats.ts"
import { insertVendor, isTaxIdTaken, loadContract, loadVendor, lockContract, saveContract } from "../store.ts"

export const registerVendor: Command<NewVendor, AroundVendor, Vendor> = {
  name: "register-vendor",
  load: async (tx, { taxId }, { actor, now }) => ({
    isOutsider: (await seatsOf(tx, actor, now)).isOutsider,
    isTaxId: stdnum["TW"]?.["ubn"]?.validate(taxId).isValid === true,
    isTaken: await isTaxIdTaken(tx, taxId),
  }),
  decide: decideRegisterVendor,
  save: insertVendor,
}

export const recordContract: Command<NewContract, AroundContract, Contract> = {
  name: "record-contract",
  load: async (tx, { unit, vendor, main }, { actor, now }) => ({
    desks: desksIn(await seatsOf(tx, actor, now), unit),
    vendorKnown: (await loadVendor(tx, vendor)) !== null,
    main: main === null ? null : await lockContract(tx, main),
  }),
  decide: decideRecordContract,
  save: saveContract,
}

interface Prolonging {
  readonly id: ContractId
  readonly to: CivilDate
  readonly document: string
}

export const prolongContract: Command<
  Prolonging,
  Pick<AroundContract, "desks" | "main"> & { readonly contract: Contract },
  Contract
> = {
  name: "prolong-contract",
  load: async (tx, { id }, { actor, now }) => {
    const contract = await lockContract(tx, id)
    const seats = await seatsOf(tx, actor, now)
    if (contract === null || !seesUnit(seats, contract.unit)) return null
    const main = contract.main === null ? null : await loadContract(tx, contract.main)
    return { contract, main, desks: desksIn(seats, contract.unit) }
  },
  decide: decideProlongContract,
  save: saveContract,
}
