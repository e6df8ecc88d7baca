import { createHash } from "node:crypto"
import { fc, test } from "@fast-check/vitest"
import { describe, expect } from "vitest"
import { noticeMail } from "../../../tools/provider-sim/notice.ts"
import type { Published } from "../../../tools/provider-sim/publish.ts"
import { MAX_NOTICE_BYTES, parseNotice } from "./parse-notice.ts"

const file: Published = {
  name: "household.csv",
  path: "/household.csv",
  localPath: "household.csv",
  format: "utf8-csv",
  records: 3,
  declaredRecords: 3,
  bytes: 100,
  sha256: "0".repeat(64),
}

const mail = (...lines: string[]) => Buffer.from(lines.join("\r\n"))
const problemOf = async (eml: Buffer) => {
  const result = await parseNotice(eml)
  return result.ok ? null : result.problem
}

describe("6-1a 提供機關通知郵件", () => {
  test("a provider's mail is read with its sender, time and digest", async () => {
    const eml = await noticeMail({
      file,
      to: "handler@health.example",
      date: new Date("2026-11-23T01:02:03Z"),
      messageId: "<1@civil-affairs.example>",
    })
    expect(await parseNotice(eml)).toEqual({
      ok: true,
      notice: {
        from: { name: "臺北市政府民政局（模擬）", address: "notice@civil-affairs.example" },
        date: "2026-11-23T01:02:03.000Z",
        subject: "戶籍資料檔案已可下載：household.csv",
        messageId: "<1@civil-affairs.example>",
        attachments: [],
        sha256: createHash("sha256").update(eml).digest("hex"),
      },
    })
  })

  test("a subject in Big5 is read, attachments are listed with their digests", async () => {
    const eml = mail(
      "From: a@b.example",
      "Subject: =?big5?B?pOG0xg==?=", // 戶普 in Big5
      'Content-Type: multipart/mixed; boundary="x"',
      "",
      "--x",
      "Content-Type: text/plain",
      "",
      "text",
      "--x",
      'Content-Type: application/pdf; name="letter.pdf"',
      "Content-Disposition: attachment; filename=letter.pdf",
      "",
      "PDF",
      "--x--",
    )
    const result = await parseNotice(eml)
    if (!result.ok) throw new Error(result.problem)
    expect(result.notice.subject).toBe(new TextDecoder("big5").decode(Buffer.from("pOG0xg==", "base64")))
    expect(result.notice).toMatchObject({
      date: null,
      messageId: null,
      attachments: [
        {
          name: "letter.pdf",
          contentType: "application/pdf",
          bytes: 3,
          sha256: createHash("sha256").update("PDF").digest("hex"),
        },
      ],
    })
  })

  test("what is no mail is named for what it is", async () => {
    expect(await problemOf(Buffer.alloc(0))).toBe("NOTICE_MAIL_EMPTY")
    expect(await problemOf(Buffer.alloc(MAX_NOTICE_BYTES + 1, "A: b\n"))).toBe("NOTICE_MAIL_TOO_LARGE")
    expect(await problemOf(Buffer.from("d0cf11e0a1b11ae10000", "hex"))).toBe("NOTICE_MAIL_IS_OUTLOOK_MSG")
    expect(await problemOf(Buffer.from("%PDF-1.7\n"))).toBe("NOTICE_MAIL_NOT_A_MAIL")
    expect(await problemOf(Buffer.from("統一編號,姓名\n"))).toBe("NOTICE_MAIL_NOT_A_MAIL")
    expect(await problemOf(mail("Subject: no sender", "", "text"))).toBe("NOTICE_MAIL_NOT_A_MAIL")
  })

  test("a mail built to exhaust the reader is refused", async () => {
    const nested = Array.from({ length: 21 }, (_, i) => [
      ...(i === 0 ? [] : [`--b${i - 1}`]),
      `Content-Type: multipart/mixed; boundary="b${i}"`,
      "",
    ]).flat()
    expect(await problemOf(mail("From: a@b.example", ...nested))).toBe("NOTICE_MAIL_TOO_COMPLEX")
    const longHeader = `X: ${"y".repeat(300_000)}`
    expect(await problemOf(mail("From: a@b.example", longHeader, "", "text"))).toBe("NOTICE_MAIL_TOO_COMPLEX")
  })

  test.prop([fc.uint8Array({ maxLength: 2000 })])(
    "any bytes give an answer, never an exception",
    async (bytes) => {
      const result = await parseNotice(Buffer.concat([Buffer.from("From: a@b.example\r\n"), bytes]))
      expect(typeof result.ok).toBe("boolean")
    },
  )
})
