import { formatInstant } from '@offtake/core/base/instant'
import type { OutageScope } from '@offtake/core/capacity/outage-scope'
import type { OutageEffect } from '@offtake/core/simulation/outage-observer'

/** What an outage is of, as people call it. */
export function scopeText(of: OutageScope): string {
  switch (of.kind) {
    case 'provider':
      return of.region === undefined ? of.provider : `${of.provider} in ${of.region}`
    case 'pool':
      return of.poolId
    case 'domain':
      return `domain ${of.domain} of ${of.poolId}`
    case 'nodes':
      return `${of.nodes} nodes of ${of.poolId}`
  }
}

/** From when until when; open where it holds at the window's end. */
export function stretchText({ from, until }: Pick<OutageEffect, 'from' | 'until'>): string {
  return `${formatInstant(from)} to ${until === undefined ? 'the end' : formatInstant(until)}`
}
