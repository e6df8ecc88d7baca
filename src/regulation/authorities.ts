/** The two classes of people under 5-4, as rosters, changes of post and outside accounts name them. */
export const AUTHORITIES = ["linkage", "use"] as const
export type Authority = (typeof AUTHORITIES)[number]

export const AUTHORITY_TITLES = {
  linkage: { zh: "連結作業權限人員", en: "Linkage operation" },
  use: { zh: "查詢使用權限人員", en: "Query and use" },
} as const satisfies Record<Authority, { readonly zh: string; readonly en: string }>

/** The duty to end the rights of each class when somebody goes. */
export const DUTY_OF_AUTHORITY = { linkage: "5-4a", use: "5-4b" } as const satisfies Record<Authority, string>
