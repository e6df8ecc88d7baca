import type { PersonActor, Role } from "../../kernel/actor.ts"
import { accepted } from "../../kernel/decision.ts"
import type { AccountId, LinkageId, PersonId, ProjectId, ProviderId, UnitId } from "../../kernel/ids.ts"
import type { CivilDate } from "../../kernel/time.ts"
import { browseEntries } from "../../ledger/index.ts"
import { createAccount, hashPassword, setInitialPassword } from "../../modules/access/index.ts"
import { appointCustodian, createProject } from "../../modules/deliveries/index.ts"
import { transcribeLinkage } from "../../modules/linkages/index.ts"
import { createPerson, createUnit } from "../../modules/people/index.ts"
import { createProvider, sealedSecret, setConnector } from "../../modules/providers/index.ts"
import { readTx, type Db } from "../../platform/db/tx.ts"
import { newId } from "../../platform/ids.ts"
import { StartError } from "../../platform/start-error.ts"
import { runCommand, runTogether, type Command, type Run, type Runtime } from "../../runtime/index.ts"
import type { RunningSimulator } from "./simulator.ts"

const SETUP = { kind: "system", job: "demonstration" } as const
export const DEMO_PASSWORD = "hushou-demo-2026"
const LOADED = "demonstration-loaded"
const PROVIDER = "TPE-CA"

const DISTRICTS = [
  "中正",
  "大同",
  "中山",
  "松山",
  "大安",
  "萬華",
  "信義",
  "士林",
  "北投",
  "內湖",
  "南港",
  "文山",
]

interface Seat {
  readonly login: string
  readonly name: string
  readonly title: string
  readonly role: Role
  readonly unit: "agency" | "disease-control" | "it" | "ethics" | "center"
}

/** One account per role, named after its role. */
export const SEATS: readonly Seat[] = [
  { login: "handler", name: "林承辦", title: "技士", role: "handler", unit: "disease-control" },
  { login: "deputy", name: "張代理", title: "衛生稽查員", role: "handler", unit: "disease-control" },
  { login: "supervisor", name: "陳主管", title: "科長", role: "supervisor", unit: "disease-control" },
  { login: "it-handler", name: "黃資訊", title: "分析師", role: "it-handler", unit: "it" },
  { login: "ethics-officer", name: "吳政風", title: "科員", role: "ethics-officer", unit: "ethics" },
  { login: "director", name: "周局長", title: "局長", role: "director", unit: "agency" },
  { login: "center-handler", name: "許健康", title: "護理師", role: "center-handler", unit: "center" },
  { login: "center-head", name: "蔡主任", title: "主任", role: "center-head", unit: "center" },
  { login: "auditor", name: "鄭稽核", title: "科員", role: "auditor", unit: "ethics" },
  { login: "administrator", name: "王系統", title: "系統管理師", role: "administrator", unit: "it" },
]

/** Whether this database holds the demonstration agency, whose passwords everybody knows. */
export async function isDemonstration(db: Db): Promise<boolean> {
  const { total } = await readTx(db, (tx) => browseEntries(tx, { kind: LOADED }, 1, 1))
  return total > 0
}

/** Throws StartError when the database is the demonstration's and `demo` is not set, or the other way round. */
export async function requireFitting(db: Db, demo: boolean): Promise<void> {
  if (await isDemonstration(db)) {
    if (!demo)
      throw new StartError(
        "此為示範環境之資料，帳號密碼均為公開，不得作正式使用；請設定 HUSHOU_DEMO=1，或另設 HUSHOU_DATA",
        "these data are the demonstration's, and everybody knows its passwords; set HUSHOU_DEMO=1 or another HUSHOU_DATA",
      )
    return
  }
  const isUsed = (await db.selectFrom("people_v_unit").select("id").limit(1).executeTakeFirst()) !== undefined
  if (demo && isUsed)
    throw new StartError(
      "此資料目錄已有機關之資料，不得載入示範環境；請取消 HUSHOU_DEMO，或另設 HUSHOU_DATA",
      "these data are an agency's, not the demonstration's; unset HUSHOU_DEMO or set another HUSHOU_DATA",
    )
}

/** Loads the demonstration agency, the whole of it or nothing; only connects its provider where it is loaded. */
export async function seedDemonstration(
  runtime: Runtime,
  sim: Pick<RunningSimulator, "sftp">,
): Promise<void> {
  if (await isDemonstration(runtime.db)) {
    const { id } = await runtime.db
      .selectFrom("providers_v_provider")
      .select("id")
      .where("code", "=", PROVIDER)
      .executeTakeFirstOrThrow()
    await runCommand(runtime, setConnector, connectorOf(runtime, id as ProviderId, sim), SETUP)
    return
  }
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  await runTogether(runtime, async (run) => {
    await run(markLoaded, null, SETUP)
    const units = await createUnits(run)
    const people = await createPeople(run, units, passwordHash)
    const bureau = await run(
      createProvider,
      {
        id: newId() as ProviderId,
        code: PROVIDER,
        name: "臺北市政府民政局",
        kind: "municipality",
        contactEmail: "notice@civil-affairs.example",
      },
      SETUP,
    )
    await run(setConnector, connectorOf(runtime, bureau.id, sim), SETUP)
    await openProject(run, bureau.id, units["disease-control"], people)
  })
}

/** The mark that no later change takes away: an entry of the ledger. */
const markLoaded: Command<null, object, null> = {
  name: "load-demonstration",
  load: () => Promise.resolve({}),
  decide: () =>
    accepted(null, {
      kind: LOADED,
      duties: [],
      about: { type: "installation", id: "demonstration" },
      retention: "setting",
      payload: {},
    }),
  save: () => Promise.resolve(),
}

type Units = Readonly<Record<Seat["unit"], UnitId>>

async function createUnits(run: Run): Promise<Units> {
  const create = async (
    code: string,
    name: string,
    kind: "agency" | "business" | "it-office" | "ethics-office" | "health-center",
    parent: UnitId | null,
  ) => (await run(createUnit, { id: newId() as UnitId, code, name, kind, parent }, SETUP)).id
  const agency = await create("衛生局", "臺北市政府衛生局", "agency", null)
  const diseaseControl = await create("疾管", "疾病管制科", "business", agency)
  await create("健管", "健康管理科", "business", agency)
  const it = await create("資訊", "資訊室", "it-office", agency)
  const ethics = await create("政風", "政風室", "ethics-office", agency)
  const centers: UnitId[] = []
  for (const district of DISTRICTS)
    centers.push(await create(district, `臺北市${district}區健康服務中心`, "health-center", agency))
  return { agency, "disease-control": diseaseControl, it, ethics, center: centers[0] ?? agency }
}

async function createPeople(
  run: Run,
  units: Units,
  passwordHash: string,
): Promise<ReadonlyMap<string, PersonActor>> {
  const people = new Map<string, PersonActor>()
  for (const { login, name, title, role, unit } of SEATS) {
    const posts = [{ unit: units[unit], role }]
    const input = { id: newId() as PersonId, name, title, email: `${login}@health.example`, posts }
    const person = (await run(createPerson, input, SETUP)).id
    const account = { id: newId() as AccountId, person, loginName: login }
    await run(createAccount, account, SETUP)
    await run(setInitialPassword, { id: account.id, passwordHash }, SETUP)
    people.set(login, { kind: "person", person, account: account.id, name, posts })
  }
  return people
}

/** The simulator takes free ports at every start, so that the connector is recorded anew. */
function connectorOf(
  { keyring }: Runtime,
  provider: ProviderId,
  { sftp: { host, port, user, password, hostKeyFingerprint: hostKey } }: Pick<RunningSimulator, "sftp">,
) {
  const sftp = { host, port, user, directory: "/", hostKey, ...sealedSecret(keyring, provider, password) }
  return { provider, sftp }
}

async function openProject(
  run: Run,
  provider: ProviderId,
  unit: UnitId,
  people: ReadonlyMap<string, PersonActor>,
): Promise<void> {
  const seat = (login: string): PersonActor => {
    const found = people.get(login)
    if (found === undefined) throw new Error(`the demonstration has no ${login}`)
    return found
  }
  const paper = {
    approvalNumber: "北市衛資字第1150001234號",
    approvedOn: "2026-03-02" as CivilDate,
    testNumber: "連測115-003",
    testedOn: "2026-03-20" as CivilDate,
  }
  const purpose = "預防接種催注名單"
  const linkage = await run(
    transcribeLinkage,
    { id: newId() as LinkageId, provider, unit, purpose, mode: "file", ...paper },
    SETUP,
  )
  const project = await run(
    createProject,
    {
      id: newId() as ProjectId,
      linkage: linkage.id,
      name: "115年度幼兒預防接種催注",
      purpose: "幼兒常規預防接種催注作業",
      legalDocument: "北市衛疾字第1153001234號",
    },
    seat("handler"),
  )
  await run(
    appointCustodian,
    { project: project.id, custodian: seat("handler").person, deputy: seat("deputy").person },
    seat("supervisor"),
  )
}
