import type { Endpoint, InputOf } from "../../../contract/endpoint.ts"
import type {
  DeliveryId,
  EntryId,
  FileId,
  LinkageId,
  NoticeId,
  PersonId,
  ProjectId,
} from "../../../kernel/ids.ts"
import type { CivilDate, Instant } from "../../../kernel/time.ts"
import { newId } from "../../../platform/ids.ts"
import { bind, type BoundRoute } from "../../../platform/http/bind.ts"
import { runCommand, type Command, type Runtime } from "../../../runtime/index.ts"
import type { AboutDelivery } from "../commands/delivery-command.ts"
import { notifyReady, requestDownload } from "../commands/intake/give-notices.ts"
import { lapseDelivery } from "../commands/intake/lapse-delivery.ts"
import { recordProviderNotice } from "../commands/intake/record-provider-notice.ts"
import { setAsideFile } from "../commands/intake/set-aside-file.ts"
import { appointCustodian, createProject } from "../commands/manage-project.ts"
import {
  confirmCorrection,
  proposeCorrection,
  rejectCorrection,
  voidEntry,
  withdrawCorrection,
} from "../commands/register/amend-register.ts"
import { fillRegister, reviseRegister } from "../commands/register/fill-register.ts"
import { stampRegister } from "../commands/register/stamp-register.ts"
import { compareCounts, confirmComparison, disputeCounts } from "../commands/use/compare-counts.ts"
import { releaseDelivery } from "../commands/use/release-delivery.ts"
import * as contract from "../contract.ts"
import type { NoticeChannel } from "../rules/change.ts"
import type { NoticeFromProvider } from "../rules/intake.ts"
import { requireVisible } from "./require-visible.ts"

/** An endpoint that does one thing to one delivery: its body, with what `more` adds, is the command's input. */
function act<E extends Endpoint, Input extends AboutDelivery, State, Next>(
  runtime: Runtime,
  endpoint: E,
  command: Command<Input, State, Next>,
  more: (body: InputOf<E, "body">) => Omit<Input, "delivery">,
): BoundRoute {
  return bind(endpoint as Endpoint, async (asked) => {
    const delivery = await requireVisible(runtime, asked)
    const input = { ...more(asked.body as InputOf<E, "body">), delivery } as Input
    await runCommand(runtime, command, input, asked.actor)
  })
}

export function actRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    ...projectRoutes(runtime),
    ...noticeRoutes(runtime),
    ...registerRoutes(runtime),
    ...useRoutes(runtime),
  ]
}

function projectRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    bind(contract.createProject, ({ body, actor }) =>
      runCommand(
        runtime,
        createProject,
        { ...body, id: newId() as ProjectId, linkage: body.linkage as LinkageId },
        actor,
      ),
    ),
    bind(contract.appointCustodian, ({ params, body, actor }) =>
      runCommand(
        runtime,
        appointCustodian,
        {
          project: params.id as ProjectId,
          custodian: body.custodian as PersonId,
          deputy: body.deputy as PersonId,
        },
        actor,
      ),
    ),
  ]
}

function noticeRoutes(runtime: Runtime): readonly BoundRoute[] {
  const notice = ({ channel, happenedAt }: InputOf<typeof contract.requestDownload, "body">) => ({
    notice: newId() as NoticeId,
    channel: channel as NoticeChannel,
    happenedAt: happenedAt as Instant,
  })
  return [
    bind(contract.recordProviderNotice, async ({ body, actor }) => {
      const { happenedAt, mail, project, ...rest } = body
      const input: NoticeFromProvider = {
        ...rest,
        happenedAt: happenedAt as Instant,
        mail: mail as FileId | null,
      }
      const id = newId() as DeliveryId
      await runCommand(runtime, recordProviderNotice, { ...input, id, project: project as ProjectId }, actor)
      return { id }
    }),
    act(runtime, contract.requestDownload, requestDownload, notice),
    act(runtime, contract.notifyReady, notifyReady, notice),
    act(runtime, contract.setAsideFile, setAsideFile, (body) => body),
    act(runtime, contract.lapseDelivery, lapseDelivery, ({ reason, happenedAt }) => ({
      reason,
      happenedAt: happenedAt as Instant,
    })),
  ]
}

function registerRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    act(runtime, contract.fillRegister, fillRegister, (body) => ({ ...body, id: newId() as EntryId })),
    act(runtime, contract.reviseRegister, reviseRegister, (body) => ({
      ...body,
      itHandler: body.itHandler as PersonId | null,
    })),
    act(runtime, contract.voidEntry, voidEntry, (body) => body),
    act(runtime, contract.stampRegister, stampRegister, (body) => ({
      ...body,
      stamp: newId(),
      notedOn: body.notedOn as CivilDate,
    })),
    act(runtime, contract.proposeCorrection, proposeCorrection, (body) => ({
      ...body,
      noticedAt: body.noticedAt as Instant,
      handler: body.handler as PersonId,
    })),
    act(runtime, contract.confirmCorrection, confirmCorrection, () => ({})),
    act(runtime, contract.withdrawCorrection, withdrawCorrection, () => ({})),
    act(runtime, contract.rejectCorrection, rejectCorrection, (body) => body),
  ]
}

function useRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    act(runtime, contract.releaseDelivery, releaseDelivery, ({ to }) => ({ to: to as PersonId })),
    act(runtime, contract.compareCounts, compareCounts, (body) => ({
      ...body,
      happenedAt: body.happenedAt as Instant,
    })),
    act(runtime, contract.confirmComparison, confirmComparison, () => ({ stamp: newId() })),
    act(runtime, contract.disputeCounts, disputeCounts, (body) => ({
      ...body,
      happenedAt: body.happenedAt as Instant,
    })),
  ]
}
