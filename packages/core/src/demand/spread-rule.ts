/** How the gangs of one group are kept apart, so that they do not all go out together. One of the two limits is given. */
export interface SpreadRule {
  /** Gangs of the same group and the same `over` are counted together. */
  readonly group: string
  readonly over: 'provider' | 'region' | 'pool' | 'domain'
  /** The largest share of the group that one of those may hold, rounded up to a whole gang; above 0, at most 1. */
  readonly atMost?: number
  /** Over how many of those the group is spread at least, as far as it has so many gangs. */
  readonly distinct?: number
}
