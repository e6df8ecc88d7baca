import { z } from "zod"
import { endpoint } from "../../../contract/endpoint.ts"
import { ROLES } from "../../../kernel/actor.ts"

const Post = z.object({ unitName: z.string(), role: z.enum(ROLES) })

/** One change that an import would make. */
export const ImportChange = z.object({
  kind: z.enum(["create-unit", "update-unit", "create-person", "update-person", "change-posts"]),
  /** Name of the unit or person it is about. */
  about: z.string(),
  /** Lines of the file that ask for it. */
  lines: z.array(z.int()),
  /** Field by field; `before` is null where there was nothing. */
  fields: z.array(z.object({ name: z.string(), before: z.string().nullable(), after: z.string() })),
  ended: z.array(Post),
  begun: z.array(Post),
})
export type ImportChange = z.infer<typeof ImportChange>

export const ImportPreview = z.object({
  /** What the file lists; null when that cannot be told. */
  lists: z.enum(["units", "people"]).nullable(),
  /** Binds file, roster and changes: what is applied is what was shown. */
  digest: z.string(),
  errors: z.array(z.object({ line: z.int().nullable(), code: z.string(), zh: z.string(), en: z.string() })),
  changes: z.array(ImportChange),
  /** Units or people of the file that are as it says already. */
  unchanged: z.int(),
})
export type ImportPreview = z.infer<typeof ImportPreview>

export const previewImport = endpoint({
  method: "POST",
  path: "/roster/import/preview",
  summary: "匯入單位或人員（CSV 或 ODS）之預覽：逐項列出將為之變更及各列錯誤，不變更資料",
  body: "stream",
  reply: ImportPreview,
  refuses: ["NOT_PERMITTED", "BODY_TOO_LARGE"],
})

export const applyImport = endpoint({
  method: "POST",
  path: "/roster/import",
  summary: "依預覽匯入，全部或全無；檔案或名冊於預覽後變更者不予匯入。檔案未列之人員及單位不受影響",
  query: z.object({ digest: z.string().regex(/^[0-9a-f]{64}$/) }),
  body: "stream",
  reply: z.object({ changes: z.int() }),
  refuses: ["NOT_PERMITTED", "BODY_TOO_LARGE", "IMPORT_CHANGED", "IMPORT_HAS_ERRORS", "NOTHING_TO_CHANGE"],
})
