import type { Command } from "../../../runtime/index.ts"
import type { Linkage } from "../model.ts"
import { decideTranscribeLinkage, type PaperLinkage } from "../rules.ts"
import { insertLinkage } from "../store.ts"

export const transcribeLinkage: Command<PaperLinkage, { providerKnown: boolean }, Linkage> = {
  name: "transcribe-linkage",
  load: async (tx, { provider }) => {
    const known = await tx
      .selectFrom("providers_v_provider")
      .select("id")
      .where("id", "=", provider)
      .executeTakeFirst()
    return { providerKnown: known !== undefined }
  },
  decide: decideTranscribeLinkage,
  save: insertLinkage,
}
