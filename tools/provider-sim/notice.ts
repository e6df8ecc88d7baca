import { createTransport, type SendMailOptions } from "nodemailer"
import type { Published } from "./publish.ts"
import { FORMAT_NAMES } from "./synthetic/formats.ts"

export interface NoticeOptions {
  readonly file: Published
  /** The agency's address. */
  readonly to: string
  /** The provider's address. */
  readonly from?: string
  readonly date?: Date
  /** With angle brackets. */
  readonly messageId?: string
}

const PROVIDER_ADDRESS = '"臺北市政府民政局（模擬）" <notice@civil-affairs.example>'

/** The mail in which the provider says that `file` can be downloaded (6-1a begins with it), as RFC 5322 bytes. */
export async function noticeMail(options: NoticeOptions): Promise<Buffer> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows" })
  const { message } = await transport.sendMail(noticeOf(options))
  if (!Buffer.isBuffer(message)) throw new Error("the mail was not composed in memory")
  return message
}

/** Sends the same mail to an SMTP server without sign-in; resolves with the server's answer. */
export async function sendNotice(
  server: { host: string; port: number },
  options: NoticeOptions,
): Promise<string> {
  const transport = createTransport({ ...server, secure: false, ignoreTLS: true })
  const { response } = await transport.sendMail(noticeOf(options))
  return response
}

function noticeOf({ file, to, from, date, messageId }: NoticeOptions): SendMailOptions {
  return {
    from: from ?? PROVIDER_ADDRESS,
    to,
    subject: `戶籍資料檔案已可下載：${file.name}`,
    text: [
      "您好：",
      "",
      `貴機關申請之戶籍資料已產製完成，請儘速至本局檔案傳輸伺服器下載。`,
      "",
      `檔案名稱：${file.name}`,
      `檔案位置：${file.path}`,
      `檔案格式：${FORMAT_NAMES[file.format]}`,
      `資料筆數：${file.declaredRecords}`,
      `檔案大小：${file.bytes} 位元組`,
      `SHA-256：${file.sha256}`,
      "",
      "本信為模擬提供機關寄發，內容非真實資料。",
    ].join("\r\n"),
    ...(date === undefined ? {} : { date }),
    ...(messageId === undefined ? {} : { messageId }),
  }
}
