import { sql } from "kysely"
import { readTx } from "../../../platform/db/tx.ts"
import { runJob, type Runtime, type Wake } from "../../../runtime/index.ts"
import { raiseFinding } from "../../notices/index.ts"

/** Every night: the numbers of each book run from 1 to the last one taken, without a gap (5-5c). */
export async function checkBooks(runtime: Runtime): Promise<void> {
  const broken = await readTx(
    runtime.db,
    async (tx) =>
      (
        await sql<{ unit: string; name: string; year: number }>`
          select b.unit, u.name, b.roc_year as year
          from register_book b join people_v_unit u on u.id = b.unit
          where b.last_number <> (
            select case when coalesce(max(e.serial), 0) = count(*) then count(*) else -1 end
            from register_entry e where e.unit = b.unit and e.roc_year = b.roc_year
          )`.execute(tx)
      ).rows,
  )
  for (const { unit, name, year } of broken)
    await runJob(runtime, "check-books", (tx, context) =>
      raiseFinding(tx, context, {
        code: "REGISTER_NUMBERS_BROKEN",
        duty: "5-5c",
        about: { type: "register-book", id: `${unit} ${year}` },
        title: `${name} ${year} 年登記簿編號不連續或與簿冊末號不符`,
        link: "/register",
        detail: { unit, year },
      }),
    )
}

export const checkBooksWake: Wake = { name: "check-books", cron: "45 2 * * *", work: checkBooks }
