import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { promisify } from "node:util"
import { parse } from "csv-parse/sync"
import { aBook, aRow, ORIGIN, variedRows } from "../../src/modules/deliveries/documents/documents-fixture.ts"
import { registerTable } from "../../src/modules/deliveries/documents/register-table.ts"
import { toCsv, toOds } from "../../src/platform/documents/spreadsheet.ts"
import type { Peer } from "../peers.ts"

/** What a clerk sees who opens the exported register: every cell, in order, nothing taken for a formula. */
export const libreoffice: Peer = {
  name: "libreoffice",
  packages: ["libreoffice-calc"],
  run: openRegister,
}

/** LibreOffice's filter: comma, double quote, UTF-8, from row 1, text quoted, as shown on the sheet. */
const AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true"

async function openRegister(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "hushou-peer-"))
  try {
    const armed = aRow(7, { purpose: "=SUM(1,2)", fileName: "@file.csv", obtainedBy: "-1+1" })
    const table = registerTable(aBook([...variedRows(), armed]))
    const file = join(directory, "register.ods")
    await writeFile(file, await toOds(table, ORIGIN.printedAt))
    const shown = await shownByLibreOffice(file, directory)
    // The CSV arms what a spreadsheet would run and keeps line breaks; the ODS needs and does neither.
    const ours = parse(toCsv(table), { bom: true }).map((row, r) =>
      row.map((cell, c) => {
        if (r > 0 && table.columns[c]?.kind === "count" && cell !== "")
          return Number(cell).toLocaleString("en")
        return cell.replace(/^'/u, "").replaceAll("\n", "↵")
      }),
    )
    compare(shown, ours)
    process.stdout.write(`  ${ours.length} rows of ${ours[0]?.length ?? 0} cells are as written\n`)
  } finally {
    await rm(directory, { recursive: true })
  }
}

async function shownByLibreOffice(file: string, directory: string): Promise<string[][]> {
  const profile = `-env:UserInstallation=${pathToFileURL(join(directory, "profile")).href}`
  const convert = ["--headless", "--convert-to", AS_SHOWN, "--outdir", directory, file]
  await promisify(execFile)("soffice", [profile, ...convert], { timeout: 120_000 })
  return parse(await readFile(join(directory, "register.csv")), { bom: true })
}

function compare(shown: readonly string[][], ours: readonly string[][]): void {
  if (shown.length !== ours.length)
    throw new Error(`LibreOffice shows ${shown.length} rows of ${ours.length}`)
  ours.forEach((row, r) =>
    row.forEach((cell, c) => {
      const seen = shown[r]?.[c] ?? ""
      if (seen !== cell)
        throw new Error(`row ${r + 1}, column ${c + 1}: wrote “${cell}”, LibreOffice shows “${seen}”`)
    }),
  )
}
