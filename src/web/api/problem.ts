import { Problem } from "../../contract/problem.ts"

export type Refusals = Problem["refusals"]

/** Why a request was not answered as asked; every reason can be shown to the user as it is. */
export class ApiProblem extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  readonly refusals: Refusals

  constructor(status: number, refusals: Refusals) {
    super(refusals.map((refusal) => refusal.code).join(", "))
    this.name = "ApiProblem"
    this.status = status
    this.refusals = refusals
  }

  has(code: string): boolean {
    return this.refusals.some((refusal) => refusal.code === code)
  }
}

export function unreachable(): ApiProblem {
  return new ApiProblem(0, [
    {
      code: "UNREACHABLE",
      source: "",
      zh: "無法連線至伺服器，無法確定要求是否已送達；您輸入的內容仍在畫面上，請確認網路後再試。",
      en: "The server cannot be reached, so the request may not have arrived. What you typed is still here; check the network and try again.",
    },
  ])
}

function unreadable(status: number): ApiProblem {
  return new ApiProblem(status, [
    {
      code: "UNREADABLE_ANSWER",
      source: "",
      zh: `伺服器的回應無法判讀（HTTP ${status}）；您輸入的內容仍在畫面上，請稍後再試，或通知系統管理者。`,
      en: `The answer could not be read (HTTP ${status}). What you typed is still here; try again later or tell the administrator.`,
    },
  ])
}

/** Reads problem+json; whatever else stands between us and the server may answer in other forms. */
export function readProblem(status: number, text: string): ApiProblem {
  try {
    const read = Problem.safeParse(JSON.parse(text))
    return read.success ? new ApiProblem(status, read.data.refusals) : unreadable(status)
  } catch {
    return unreadable(status)
  }
}

/** The reasons in whatever was thrown; a mistake of the page itself has one too, and goes to the console. */
export function refusalsIn(thrown: unknown): Refusals {
  if (thrown === null || thrown === undefined) return []
  if (thrown instanceof ApiProblem) return thrown.refusals
  console.error(thrown)
  return [
    {
      code: "PAGE_ERROR",
      source: "",
      zh: "畫面發生錯誤，資料未變更；請重新載入後再試，仍有問題請通知系統管理者。",
      en: "The page made a mistake and nothing was changed. Reload and try again; if it stays, tell the administrator.",
    },
  ]
}
