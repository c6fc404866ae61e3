import type { Standing } from '@offtake/core/agreements/standing'

/** How an agreement counts in sums over the portfolio, in a few words. */
export function standingText(standing: Standing): string {
  switch (standing.kind) {
    case 'counted':
      return 'counted'
    case 'overlapping':
      return `overlaps ${standing.with.join(', ')}`
    case 'notBinding':
      return 'not binding'
    case 'contingent':
      return 'contingent'
    case 'draft':
      return 'draft'
  }
}
