import { textIn, wordIn } from '../../app/search.ts'

export const GROUPINGS = ['provider', 'hardware', 'region', 'pool'] as const

export type Grouping = (typeof GROUPINGS)[number]

/** What the address of the page says: what is looked at, and what if deliveries came later. */
export interface CapacitySearch {
  readonly by?: Grouping
  readonly pool?: string
  /** `oracle/gb300/2027-q1=90d,…`, as `offtake capacity --slip` takes it. */
  readonly slip?: string
}

export function capacitySearch(given: Record<string, unknown>): CapacitySearch {
  return { ...wordIn(given, 'by', GROUPINGS), ...textIn(given, 'pool'), ...textIn(given, 'slip') }
}

/** Days by tranche. */
export type SlipDays = ReadonlyMap<string, number>

const ONE = /^([^/=,]+\/[^/=,]+(?:\/[^/=,]+)?)=(\d{1,5})d$/

/** What does not read as a slip is left out: a broken address shows the page without it. */
export function slipsIn(text: string | undefined): SlipDays {
  const slips = new Map<string, number>()
  for (const part of text?.split(',') ?? []) {
    const [, key, days] = ONE.exec(part) ?? []
    if (key !== undefined && Number(days) > 0) slips.set(key, Number(days))
  }
  return slips
}

/** Nothing where nothing slips. */
export function slipText(slips: SlipDays): string | undefined {
  const parts = [...slips].filter(([, days]) => days > 0).map(([key, days]) => `${key}=${days}d`)
  return parts.length === 0 ? undefined : parts.sort().join(',')
}
