/** What lists keep in the address: page and filters. */
export interface ListSearch {
  readonly page?: number
  readonly state?: string
  readonly search?: string
  readonly unit?: string
  readonly year?: number
  readonly late?: boolean
  readonly kind?: string
  readonly entry?: number
}
