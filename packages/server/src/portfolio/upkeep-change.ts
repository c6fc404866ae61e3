import type { AllocationState } from '@offtake/core/allocation/allocation-state'
import type { Upkeep } from '@offtake/core/capacity/upkeep'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import { Problem } from '../problem.ts'
import { deliveriesOf } from './wanted.ts'

/**
 * A pool keeps the upkeep that it was opened with: nodes that stand by, and those that are kept out, were decided by it. So a change
 * that states another is refused, and what a server holds is what its portfolio says.
 */
export function requireSameUpkeep(before: Portfolio, after: Portfolio, { poolById }: AllocationState): void {
  const stated = upkeepByPool(before)
  const errors = [...upkeepByPool(after)].flatMap(([id, upkeep]) => {
    const open = poolById.get(id)?.pool
    const isOther = open !== undefined && upkeep !== textOf(open.upkeep) && upkeep !== stated.get(id)
    return isOther
      ? [{ path: `upkeep of ${id}`, message: `the pool is open with ${saidOf(open.upkeep)}` }]
      : []
  })
  const [first] = errors
  if (!first) return
  throw new Problem('conflict', `${first.path}: ${first.message}, and keeps that`, errors)
}

function upkeepByPool(portfolio: Portfolio): Map<string, string> {
  return new Map(deliveriesOf(portfolio).pools.map(({ id, upkeep }) => [id, textOf(upkeep)]))
}

function textOf({ sparesPerDomain = 0, offenders }: Upkeep = {}): string {
  const { failures, withinMs, keepOutForMs } = offenders ?? {}
  return JSON.stringify([sparesPerDomain, failures, withinMs, keepOutForMs])
}

function saidOf({ sparesPerDomain, offenders }: Upkeep = {}): string {
  const said = [
    ...(sparesPerDomain === undefined ? [] : [`${sparesPerDomain} spares in each domain`]),
    ...(offenders ? [`nodes kept out after ${offenders.failures} failures`] : []),
  ]
  return said.length === 0 ? 'no upkeep' : said.join(' and ')
}
