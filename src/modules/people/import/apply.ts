import { createHash } from "node:crypto"
import type { Actor } from "../../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Json } from "../../../kernel/decision.ts"
import { digestOf } from "../../../kernel/digest.ts"
import type { PersonId, UnitId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import { readTx } from "../../../platform/db/tx.ts"
import { newId } from "../../../platform/ids.ts"
import { refuse, rule, sentence } from "../../../regulation/rule.ts"
import { runTogether, type Command, type Run, type Runtime } from "../../../runtime/index.ts"
import { changePosts } from "../commands/change-posts.ts"
import { createPerson } from "../commands/create-person.ts"
import { createUnit } from "../commands/create-unit.ts"
import { updatePerson } from "../commands/update-person.ts"
import { updateUnit } from "../commands/update-unit.ts"
import type { ImportPreview } from "../contracts/import.ts"
import { administratorsOnly } from "../rules/roster.ts"
import type { Deciding, Plan, Roster, Step } from "./draft.ts"
import { planImport } from "./plan.ts"
import { readTable } from "./read-table.ts"
import { loadRoster, lockRoster } from "./roster-store.ts"
import { readRows, type Rows } from "./rows.ts"

/** A file as it was read. */
interface ImportFile {
  readonly sha256: string
  readonly rows: Rows
}

async function fileOf(bytes: Buffer): Promise<ImportFile> {
  const sha256 = createHash("sha256").update(bytes).digest("hex")
  return { sha256, rows: readRows(await readTable(bytes)) }
}

interface Drawn extends Plan {
  readonly digest: string
}

/** The plan with the digest of the file, of every version on the roster, and of all that is to be done. */
function drawPlan(roster: Roster, { sha256, rows }: ImportFile, deciding: Deciding): Drawn {
  const plan = planImport(roster, rows, deciding)
  const versions = [...roster.units, ...roster.people].map(({ id, version }) => [id, version])
  return { ...plan, digest: digestOf({ sha256, versions, steps: plan.steps as unknown as Json }) }
}

/** What the file would change, read on one unchanging picture of the roster; nothing is changed. */
export async function previewFile(
  runtime: Runtime,
  bytes: Buffer,
  asking: Pick<Deciding, "actor" | "now">,
): Promise<ImportPreview> {
  const deciding = { ...asking, pack: runtime.pack }
  const file = await fileOf(bytes)
  const { steps: _, errors, ...shown } = drawPlan(await readTx(runtime.db, loadRoster), file, deciding)
  return {
    ...shown,
    changes: [...shown.changes],
    lists: file.rows.lists,
    errors: errors.map(({ line, refusal }) => ({
      ...{ line, code: refusal.code },
      ...{ zh: sentence(refusal, "zh"), en: sentence(refusal, "en") },
    })),
  }
}

export const importIsAsShown = rule("internal", (digest: string, shown: string) =>
  digest === shown ? null : refuse("IMPORT_CHANGED"),
)

export const importHasNoErrors = rule("internal", ({ errors }: Plan) =>
  errors.length === 0 ? null : refuse("IMPORT_HAS_ERRORS"),
)

export const importChangesSomething = rule("internal", ({ steps, errors }: Plan) =>
  steps.length + errors.length > 0 ? null : refuse("NOTHING_TO_CHANGE"),
)

/** Holds the roster still and draws the plan anew: it must be the one that was shown. */
const checkImport: Command<
  { readonly file: ImportFile; readonly digest: string },
  Roster,
  { readonly steps: readonly Step[]; readonly at: Instant }
> = {
  name: "import-roster",
  load: (tx) => lockRoster(tx),
  decide: (roster, { file, digest }, deciding) => {
    const drawn = drawPlan(roster, file, deciding)
    const broken = gather(
      administratorsOnly(deciding.actor),
      importIsAsShown(drawn.digest, digest),
      importHasNoErrors(drawn),
      importChangesSomething(drawn),
    )
    return decideUnless(broken, () =>
      accepted(
        { steps: drawn.steps, at: deciding.now },
        {
          kind: "roster-imported",
          duties: ["2-1"],
          about: { type: "roster", id: digest },
          retention: "account",
          payload: { lists: file.rows.lists, sha256: file.sha256, changes: drawn.steps.length },
        },
      ),
    )
  },
  save: () => Promise.resolve(),
}

/** Makes exactly the changes that the digest stands for, all or none; gives how many. Throws RefusedError. */
export async function importFile(
  runtime: Runtime,
  bytes: Buffer,
  digest: string,
  actor: Actor,
): Promise<number> {
  const file = await fileOf(bytes)
  return runTogether(runtime, async (run) => {
    const { steps, at } = await run(checkImport, { file, digest }, actor)
    const ids = new Map<string, string>()
    for (const step of steps) await runStep(run, step, { actor, at, ids })
    return steps.length
  })
}

interface Applying {
  readonly actor: Actor
  readonly at: Instant
  /** What was given for each id that begins with `new:`. */
  readonly ids: Map<string, string>
}

async function runStep(run: Run, step: Step, { actor, at, ids }: Applying): Promise<void> {
  const real = <Id extends UnitId | PersonId>(id: Id): Id => {
    if (!id.startsWith("new:")) return id
    const given = ids.get(id) ?? newId()
    ids.set(id, given)
    return given as Id
  }
  const parentOf = (parent: UnitId | null) => (parent === null ? null : real(parent))
  if (step.kind === "create-unit") {
    const { input } = step
    await run(createUnit, { ...input, id: real(input.id), parent: parentOf(input.parent) }, actor)
  } else if (step.kind === "update-unit")
    await run(updateUnit, { ...step.input, parent: parentOf(step.input.parent) }, actor)
  else if (step.kind === "create-person")
    await run(createPerson, { ...step.input, id: real(step.input.id) }, actor)
  else if (step.kind === "update-person") await run(updatePerson, step.input, actor)
  else await run(changePosts, { ...step.input, at, order: null }, actor)
}
