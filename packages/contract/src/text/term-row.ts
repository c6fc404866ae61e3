import type { Interval } from '@offtake/core/agreements/agreement'
import type { Provenance } from '@offtake/core/base/figure'
import { type Share, WHOLE } from '@offtake/core/base/quantity'

/** One term of an agreement: what it is called, what it says, and where that comes from. */
export interface TermRow {
  readonly label: string
  readonly value: string
  readonly provenance?: Provenance
}

/** The row of a term that may not be there. */
export function optional<Value>(value: Value | undefined, row: (value: Value) => TermRow): TermRow[] {
  return value === undefined ? [] : [row(value)]
}

/** `81.25 %`, with a space that no line breaks at. */
export function percent(share: Share): string {
  return `${Number(((share / WHOLE) * 100).toFixed(4))}\u00a0%`
}

export function intervalName(interval: Interval): string {
  return interval === 'fullTerm' ? 'the full term' : interval
}
