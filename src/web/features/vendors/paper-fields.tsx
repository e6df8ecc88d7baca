import { useSay, type Text } from "../../text/language.tsx"
import { RocDateField } from "../../ui/dates/fields.tsx"
import { today } from "../../ui/dates/typed.ts"
import { TextField } from "../../ui/forms/fields.tsx"
import { ScanField } from "../../ui/forms/scan-field.tsx"

const TEXT = {
  number: { zh: "文號", en: "Number" },
  signedOn: { zh: "簽署日期", en: "Signed on" },
} as const

/** A signed document as a form keeps it. */
export interface PaperDraft {
  readonly number: string
  readonly signedOn: string
  readonly scan: string
}

export function blankPaper(): PaperDraft {
  return { number: "", signedOn: today(), scan: "" }
}

export function paperIn({ number, signedOn, scan }: PaperDraft): PaperDraft {
  return { number, signedOn, scan }
}

interface Props {
  /** What the scan shows. */
  readonly label: Text
  readonly value: PaperDraft
  readonly onChange: (part: Partial<PaperDraft>) => void
}

export function PaperFields({ label, value, onChange }: Props) {
  const say = useSay()
  return (
    <>
      <TextField
        label={say(TEXT.number)}
        value={value.number}
        onChange={(number) => onChange({ number })}
        required
      />
      <RocDateField
        label={say(TEXT.signedOn)}
        value={value.signedOn}
        onChange={(signedOn) => onChange({ signedOn })}
      />
      <ScanField label={say(label)} isKept={value.scan !== ""} onKept={(scan) => onChange({ scan })} />
    </>
  )
}
