import { when } from "../../../runtime/index.ts"
import { raiseFinding } from "./add-item.ts"

/** An account used at two places at once: its password may be in other hands (5-3b, 5-3c). */
export const simultaneousUseTold = when("simultaneous-use", (tx, { about }, context) =>
  raiseFinding(tx, context, {
    code: "SIMULTANEOUS_USE",
    duty: "5-3b",
    about,
    title: "同一帳號於二處不同裝置同時使用，密碼可能告知或轉借他人，請查明",
    detail: {},
  }),
)
