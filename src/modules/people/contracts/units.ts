import { z } from "zod"
import { endpoint } from "../../../contract/endpoint.ts"
import { UNIT_KINDS } from "../model.ts"
import { shortText } from "./words.ts"

export const UnitView = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  kind: z.enum(UNIT_KINDS),
  parent: z.uuid().nullable(),
  /** The first moment after it, when its end is known. */
  until: z.string().nullable(),
  people: z.number().int(),
})
export type UnitView = z.infer<typeof UnitView>

export const listUnits = endpoint({
  method: "GET",
  path: "/units",
  summary: "機關單位，依機關、各單位、健康服務中心及登錄先後排列",
  reply: z.array(UnitView),
  refuses: [],
})

export const unitWords = { code: shortText.max(20), name: shortText, parent: z.uuid().nullable() }

export const createUnit = endpoint({
  method: "POST",
  path: "/units",
  summary: "新增單位",
  body: z.strictObject({ ...unitWords, kind: z.enum(UNIT_KINDS) }),
  reply: z.object({ id: z.uuid() }),
  refuses: ["NOT_PERMITTED", "UNIT_CODE_TAKEN", "UNIT_NEEDS_PARENT", "UNIT_ENDED"],
})

export const updateUnit = endpoint({
  method: "PUT",
  path: "/units/:id",
  summary: "變更單位名稱、代碼或隸屬；既有登記簿編號不變",
  params: z.object({ id: z.uuid() }),
  body: z.strictObject(unitWords),
  reply: "nothing",
  refuses: [
    "NOT_PERMITTED",
    "UNIT_CODE_TAKEN",
    "UNIT_NEEDS_PARENT",
    "UNIT_BELOW_ITSELF",
    "UNIT_ENDED",
    "NOTHING_TO_CHANGE",
  ],
})

export const endUnit = endpoint({
  method: "POST",
  path: "/units/:id/end",
  summary: "裁撤單位；on 為裁撤生效之臺北日期，當日起單位不復存在",
  params: z.object({ id: z.uuid() }),
  body: z.strictObject({ on: z.iso.date() }),
  reply: "nothing",
  refuses: ["NOT_PERMITTED", "UNIT_ENDED", "UNIT_ENDS_AHEAD", "UNIT_HAS_PEOPLE", "UNIT_HAS_UNITS"],
})
