import { Button, Checkbox, NativeSelect, Progress, Tabs } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { listRemoteFiles, startDownload } from "../../../../modules/deliveries/contract.ts"
import { call } from "../../../api/call.ts"
import { uploadFile } from "../../../api/upload.ts"
import { refusalsIn } from "../../../api/problem.ts"
import { useAct } from "../../../api/use-act.ts"
import { useSay } from "../../../text/language.tsx"
import { FileField } from "../../../ui/forms/file-field.tsx"
import { FormDialog } from "../../../ui/forms/form-dialog.tsx"
import { Refusals } from "../../../ui/refusals.tsx"
import type { ActProps } from "./act-props.ts"

const TEXT = {
  title: { zh: "下載資料檔案", en: "Download the file" },
  sftp: { zh: "自提供機關主機下載", en: "From the provider's server" },
  upload: { zh: "上傳檔案", en: "Upload" },
  choose: { zh: "檔案", en: "File" },
  start: { zh: "開始下載", en: "Start" },
  send: { zh: "開始上傳", en: "Upload" },
  list: { zh: "讀取提供機關檔案清單", en: "List the provider's files" },
  remote: { zh: "{path}（{bytes} 位元組）", en: "{path} ({bytes} bytes)" },
  reading: { zh: "讀取中…", en: "Reading…" },
  chooseRemote: { zh: "請選擇檔案", en: "Choose a file" },
  nothing: {
    zh: "提供機關主機上目前沒有檔案，請洽提供機關，或改以上傳方式辦理。",
    en: "There is no file on the provider's server now. Ask the provider, or upload the file.",
  },
  progress: { zh: "已收 {done} MB", en: "{done} MB received" },
  resumed: {
    zh: "中斷後可重新選擇同一檔案，由中斷處續傳。",
    en: "After a break choose the same file again; it goes on where it stopped.",
  },
  restart: {
    zh: "放棄已收部分，重新上傳所選檔案",
    en: "Give up what came, and send the chosen file from its beginning",
  },
} as const

/** 6-1b: from the provider's server, or by upload; both can be resumed. */
export function FetchDialog({ detail, onClose }: ActProps) {
  const say = useSay()
  const [way, setWay] = useState(detail.hasConnector ? "sftp" : "upload")
  const [path, setPath] = useState("")
  const [{ file, restart }, choose] = useState<Chosen>({ file: null, restart: false })
  const [done, setDone] = useState(0)
  const send = async () => {
    if (way === "sftp") await call(startDownload, { params: { id: detail.id }, body: { path } })
    else if (file !== null) await uploadFile(file, { id: detail.id, restart, onProgress: setDone })
  }
  const { act, isPending, refusals, reset } = useAct(send, onClose)
  const isOther = refusals.some(({ code }) => code === "UPLOAD_OTHER_FILE")
  return (
    <FormDialog
      title={say(TEXT.title)}
      opened
      {...{ onClose, isPending, refusals }}
      onSubmit={() => act(undefined)}
      submit={say(way === "sftp" ? TEXT.start : TEXT.send)}
    >
      <Tabs value={way} onChange={(chosen) => setWay(chosen ?? "upload")}>
        <Tabs.List>
          {detail.hasConnector && <Tabs.Tab value="sftp">{say(TEXT.sftp)}</Tabs.Tab>}
          <Tabs.Tab value="upload">{say(TEXT.upload)}</Tabs.Tab>
        </Tabs.List>
      </Tabs>
      {way === "sftp" ? (
        <RemoteFiles id={detail.id} path={path} onChoose={setPath} />
      ) : (
        <LocalFile
          chosen={{ file, restart }}
          onChoose={(chosen) => {
            if (chosen.file !== file) reset()
            choose(chosen)
          }}
          mayRestart={isOther || restart}
          done={isPending ? done : null}
        />
      )}
    </FormDialog>
  )
}

interface Chosen {
  readonly file: File | null
  /** Give up what came of another file. */
  readonly restart: boolean
}

interface LocalFileProps {
  readonly chosen: Chosen
  readonly onChoose: (chosen: Chosen) => void
  readonly mayRestart: boolean
  /** Bytes on the server while they are being sent. */
  readonly done: number | null
}

function LocalFile({ chosen, onChoose, mayRestart, done }: LocalFileProps) {
  const say = useSay()
  const { file, restart } = chosen
  return (
    <>
      <FileField
        label={say(TEXT.choose)}
        description={say(TEXT.resumed)}
        value={file}
        onChange={(next) => onChoose({ file: next, restart: false })}
        required
      />
      {mayRestart && (
        <Checkbox
          label={say(TEXT.restart)}
          checked={restart}
          onChange={(event) => onChoose({ file, restart: event.currentTarget.checked })}
        />
      )}
      {done !== null && file !== null && (
        <Progress.Root aria-label={say(TEXT.progress, { done: Math.round(done / 1e6) })}>
          <Progress.Section value={(100 * done) / Math.max(1, file.size)} aria-label={say(TEXT.upload)} />
        </Progress.Root>
      )}
    </>
  )
}

function RemoteFiles({
  id,
  path,
  onChoose,
}: {
  readonly id: string
  readonly path: string
  readonly onChoose: (path: string) => void
}) {
  const say = useSay()
  const files = useQuery({
    queryKey: ["remote", id],
    queryFn: () => call(listRemoteFiles, { params: { id } }),
    retry: false,
    refetchOnWindowFocus: false,
  })
  const options = (files.data ?? []).map((file) => ({
    value: file.path,
    label: say(TEXT.remote, { path: file.path, bytes: file.bytes.toLocaleString("en-US") }),
  }))
  return (
    <>
      <Refusals reasons={refusalsIn(files.error)} />
      {files.error !== null && (
        <Button variant="default" onClick={() => void files.refetch()}>
          {say(TEXT.list)}
        </Button>
      )}
      {files.data?.length === 0 && <p role="status">{say(TEXT.nothing)}</p>}
      <NativeSelect
        label={say(TEXT.choose)}
        data={[{ value: "", label: say(files.isFetching ? TEXT.reading : TEXT.chooseRemote) }, ...options]}
        value={path}
        onChange={(event) => onChoose(event.currentTarget.value)}
        required
      />
    </>
  )
}
