import { NO_SLIPS } from '@offtake/core/agreements/resolve'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import { deliveriesWithin } from '@offtake/core/simulation/supply'
import type { PlacedProblem } from '../problems.ts'
import type { Contents } from './contents.ts'
import { pathText } from './format-problem.ts'

/** Outages of domains that their pools never have within the window. Asked of a portfolio that holds otherwise. */
export function unknownDomains(portfolio: Portfolio, { fleet }: Contents): PlacedProblem[] {
  const domains = domainsByPool(portfolio)
  return fleet.flatMap(({ value, text, toFilePath }) =>
    (value?.outages ?? []).flatMap((outage, at): PlacedProblem[] => {
      if (outage.kind !== 'dated' || outage.of.kind !== 'domain') return []
      const { poolId, domain } = outage.of
      const known = domains.get(poolId) ?? 0
      if (domain < known) return []
      const path = toFilePath(['outages', at, 'domain'])
      const has = known === 0 ? 'has none within the window' : `has ${known} within the window, from 0 on`
      const message = `${pathText(path)}: there is no domain ${domain}: '${poolId}' ${has}`
      return [text.problemAt(path, 'unknownDomain', message)]
    }),
  )
}

function domainsByPool(portfolio: Portfolio): Map<string, number> {
  const domains = new Map<string, number>()
  for (const { pool, groups } of deliveriesWithin(portfolio, NO_SLIPS)) {
    const brought = groups.reduce((sum, group) => sum + group.domains, 0)
    domains.set(pool.id, (domains.get(pool.id) ?? 0) + brought)
  }
  return domains
}
