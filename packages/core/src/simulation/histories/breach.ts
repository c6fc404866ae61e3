/** A rule of drawn histories that does not hold, with what it is about. */
export interface Breach {
  readonly rule: string
  readonly subject: string
  readonly expected?: string | number
  readonly found?: string | number
}
