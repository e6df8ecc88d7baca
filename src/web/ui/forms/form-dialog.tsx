import { Button, Group, Modal, Stack } from "@mantine/core"
import type { ReactNode, SubmitEvent } from "react"
import type { Refusals as Reasons } from "../../api/problem.ts"
import { useSay } from "../../text/language.tsx"
import { Refusals } from "../refusals.tsx"

const TEXT = { cancel: { zh: "取消", en: "Cancel" }, close: { zh: "關閉", en: "Close" } } as const

interface Props {
  readonly title: string
  readonly opened: boolean
  readonly onClose: () => void
  readonly onSubmit: () => void
  readonly submit: string
  readonly isPending: boolean
  readonly refusals: Reasons
  readonly children?: ReactNode
  readonly isWide?: boolean
}

/** One form in a dialog: what it asks, why it was refused, and one button that does it. Enter sends it. */
export function FormDialog({
  title,
  opened,
  onClose,
  onSubmit,
  submit,
  isPending,
  refusals,
  children,
  isWide,
}: Props) {
  const say = useSay()
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={isWide === true ? "xl" : "lg"}
      closeButtonProps={{ "aria-label": say(TEXT.close) }}
    >
      <form onSubmit={send}>
        <Stack gap="md">
          {children}
          <Refusals reasons={refusals} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {say(TEXT.cancel)}
            </Button>
            <Button type="submit" loading={isPending}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
