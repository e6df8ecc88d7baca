import { useMutation } from "@tanstack/react-query"
import { keepScan } from "../../../modules/notices/contract.ts"
import { callWithBytes } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useSay } from "../../text/language.tsx"
import { Refusals } from "../refusals.tsx"
import { FileField } from "./file-field.tsx"

const TEXT = {
  how: { zh: "PDF、JPEG、PNG 或 TIFF，25 MB 以內", en: "PDF, JPEG, PNG or TIFF, up to 25 MB" },
  kept: { zh: "掃描檔已保存", en: "The scan is kept" },
} as const

interface Props {
  readonly label: string
  readonly isOptional?: boolean
  readonly isKept: boolean
  /** The id under which the server keeps it; empty while there is none. */
  readonly onKept: (file: string) => void
}

/** The scan of a signed paper, kept by the server as soon as it is chosen. */
export function ScanField({ label, isOptional = false, isKept, onKept }: Props) {
  const say = useSay()
  const keep = useMutation({
    mutationFn: (file: File) => callWithBytes(keepScan, file, {}),
    onSuccess: ({ file }) => onKept(file),
  })
  return (
    <>
      <FileField
        label={label}
        description={say(TEXT.how)}
        accept="application/pdf,image/jpeg,image/png,image/tiff"
        required={!isOptional}
        onChange={(file) => {
          // What was kept before proves nothing about the file that is chosen now.
          onKept("")
          if (file !== null) keep.mutate(file)
        }}
      />
      {isKept && <p role="status">{say(TEXT.kept)}</p>}
      <Refusals reasons={refusalsIn(keep.error)} />
    </>
  )
}
