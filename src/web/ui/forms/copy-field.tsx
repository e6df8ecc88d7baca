import { Button, CopyButton, TextInput } from "@mantine/core"
import { useSay } from "../../text/language.tsx"

const TEXT = {
  copy: { zh: "複製", en: "Copy" },
  copied: { zh: "已複製", en: "Copied" },
} as const

/** Something shown once, to be copied. */
export function CopyField({ label, value }: { readonly label: string; readonly value: string }) {
  const say = useSay()
  return (
    <>
      <TextInput label={label} value={value} readOnly onFocus={(event) => event.currentTarget.select()} />
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy}>
            {say(copied ? TEXT.copied : TEXT.copy)}
          </Button>
        )}
      </CopyButton>
    </>
  )
}
