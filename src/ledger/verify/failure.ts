/** What is wrong with a bundle, and where: a path inside it, or `entry <index>`. */
export class VerificationFailure extends Error {
  override readonly name = "VerificationFailure"
  readonly where: string
  readonly what: string

  constructor(where: string, what: string) {
    super(`${where}: ${what}`)
    this.where = where
    this.what = what
  }
}
