import { FileInput } from "@mantine/core"
import { useState, type DragEvent, type ReactNode } from "react"
import { useSay } from "../../text/language.tsx"

const TEXT = {
  choose: { zh: "選擇檔案，或將檔案拖放至此", en: "Choose a file, or drop it here" },
  clear: { zh: "移除檔案", en: "Remove the file" },
} as const

interface Props {
  readonly label: ReactNode
  readonly description?: string
  readonly accept?: string
  /** What is chosen now, where the form keeps it. */
  readonly value?: File | null
  readonly onChange: (file: File | null) => void
  readonly required?: boolean
}

/** One file, chosen by keyboard or mouse, or dropped onto the field. */
export function FileField({ required = false, value, onChange, ...field }: Props) {
  const say = useSay()
  const [own, setOwn] = useState<File | null>(null)
  const choose = (file: File | null) => {
    setOwn(file)
    onChange(file)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    const [file] = event.dataTransfer.files
    if (file !== undefined) choose(file)
  }
  return (
    <div onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <FileInput
        {...field}
        value={value === undefined ? own : value}
        onChange={choose}
        placeholder={say(TEXT.choose)}
        required={required}
        clearable={!required}
        clearButtonProps={{ "aria-label": say(TEXT.clear) }}
      />
    </div>
  )
}
