import { fileURLToPath } from "node:url"
import type { PersonActor } from "../../../kernel/actor.ts"
import { rocDate, rocDateTime } from "../../../kernel/roc-date.ts"
import type { Instant } from "../../../kernel/time.ts"
import { readHead } from "../../../ledger/index.ts"
import { qrSvg } from "../../../platform/documents/qr-code.ts"
import { renderPdf } from "../../../platform/documents/typst.ts"
import { readTx, type Tx } from "../../../platform/db/tx.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { refuse } from "../../../regulation/rule.ts"
import type { Runtime } from "../../../runtime/index.ts"
import type { Contract, ContractId } from "../model.ts"
import { unitName } from "../reads/agreement.ts"
import { seatsOf, seesUnit } from "../seats.ts"
import { loadContract, loadVendor } from "../store.ts"

interface Asked {
  readonly contract: ContractId
  /** `null`: the vendor's own pledge; else that of one of its people. */
  readonly person: string | null
}

/** 保密切結書 (F-4), to be signed on paper and scanned. @throws RefusedError, as renderPdf */
export async function printPledge(
  runtime: Runtime,
  actor: PersonActor,
  asked: Asked,
  now: Instant,
): Promise<Uint8Array> {
  const form = await readTx(runtime.db, (tx) => formOf(tx, actor, asked, now))
  const link = `${runtime.origin}/vendors/${form.vendor.id}`
  return renderPdf(fileURLToPath(new URL("pledge.typ", import.meta.url)), {
    ...form,
    watermark: runtime.demo ? "示範" : null,
    qr: await qrSvg(link),
    origin: [
      `政策包 ${runtime.pack.version}\u3000軌跡紀錄第 ${form.ledgerIndex} 號\u3000${link}`,
      `列印：${rocDateTime(now)}\u3000${actor.name}`,
    ],
  })
}

async function formOf(tx: Tx, actor: PersonActor, { contract: id, person }: Asked, now: Instant) {
  const contract = await loadContract(tx, id)
  const vendor = contract === null ? null : await loadVendor(tx, contract.vendor)
  const seats = await seatsOf(tx, actor, now)
  if (contract === null || vendor === null || !seesUnit(seats, contract.unit))
    throw new RefusedError([refuse("NOT_FOUND")])
  const agency = await tx
    .selectFrom("people_v_unit")
    .select("name")
    .where("kind", "=", "agency")
    .executeTakeFirst()
  return {
    agency: agency?.name ?? "",
    unit: await unitName(tx, contract.unit),
    vendor: { id: vendor.id, name: vendor.name, taxId: vendor.taxId, contact: vendor.contact.name },
    contract: { number: contract.number, subject: contract.subject, period: periodOf(contract) },
    person: person === null ? null : await employeeOf(tx, person, vendor.id),
    ledgerIndex: ((await readHead(tx))?.size ?? 0) - 1,
  }
}

async function employeeOf(tx: Tx, person: string, vendor: string) {
  const row = await tx
    .selectFrom("people_v_actor")
    .select(["name", "title"])
    .where("person", "=", person)
    .where("vendor", "=", vendor)
    .executeTakeFirst()
  if (row === undefined) throw new RefusedError([refuse("NOT_FOUND")])
  return { name: row.name ?? "", title: row.title ?? "" }
}

function periodOf({ from, to }: Contract): string {
  return `${rocDate(from)}至${rocDate(to)}`
}
