import { failed, ok, type Result } from '@offtake/core/base/result'
import type { Workload } from '@offtake/core/demand/workload'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import { inOrder, type PlacedProblem } from '../problems.ts'
import type { BuiltIn } from './built-in.ts'
import { type Contents, type PortfolioFiles, readContents } from './contents.ts'
import { registerOf } from './figure-register.ts'
import { knownNames } from './known-names.ts'
import { unknownDomains } from './outage-domains.ts'
import { validateContents } from './validate-contents.ts'

/** The portfolio that the files describe, or every problem of every file. */
export function readPortfolio(files: PortfolioFiles, builtIn: BuiltIn): Result<Portfolio, PlacedProblem> {
  const { contents, problems } = readContents(files)
  const names = knownNames(contents, builtIn.hardware)
  const all = [...problems, ...validateContents(contents, names, builtIn)]
  const portfolio = all.length === 0 ? assemble(contents, builtIn) : undefined
  if (!portfolio) return failed(...inOrder(all))
  const unknown = unknownDomains(portfolio, contents)
  return unknown.length === 0 ? ok(portfolio) : failed(...inOrder(unknown))
}

function assemble(contents: Contents, builtIn: BuiltIn): Portfolio | undefined {
  const settings = contents.settings?.value
  if (!settings) return undefined
  const { reclaimNotice, shareHalfLife, priorityAging, buyer: _, ...rest } = settings
  const fleets = contents.fleet.flatMap(({ value }) => value ?? [])
  return {
    ...rest,
    reclaimNoticeMs: reclaimNotice,
    ...orderOf(shareHalfLife, priorityAging),
    agreements: contents.agreements.flatMap(({ value }) => value ?? []),
    quotes: contents.quotes.flatMap(({ value }) => value ?? []),
    workloads: contents.workloads.flatMap((file) => workloadsOf(file, builtIn)),
    windows: contents.workloads.flatMap(({ value }) => value?.windows ?? []),
    services: contents.workloads.flatMap(({ value }) => value?.services ?? []),
    hardware: [...builtIn.hardware, ...fleets.flatMap(({ hardware }) => hardware)],
    fleet: {
      shapes: fleets.flatMap(({ shapes }) => shapes),
      pools: fleets.flatMap(({ pools }) => pools),
      failures: fleets.flatMap(({ failures }) => failures),
      outages: fleets.flatMap(({ outages }) => outages),
      upkeep: fleets.flatMap(({ upkeep }) => upkeep),
    },
    prices: { points: contents.points.map(({ point }) => point) },
    figures: registerOf(contents),
  }
}

function orderOf(
  shareHalfLifeMs: number | undefined,
  priorityAgingMs: number | undefined,
): Pick<Portfolio, 'order'> {
  if (shareHalfLifeMs === undefined && priorityAgingMs === undefined) return {}
  return {
    order: {
      ...(shareHalfLifeMs !== undefined && { shareHalfLifeMs }),
      ...(priorityAgingMs !== undefined && { priorityAgingMs }),
    },
  }
}

function workloadsOf({ value }: Contents['workloads'][number], { profiles }: BuiltIn): Workload[] {
  return (value?.workloads ?? []).flatMap(({ profile, ...workload }) => {
    const found = typeof profile === 'string' ? profiles.find(({ id }) => id === profile) : profile
    return found ? [{ ...workload, profile: found }] : []
  })
}
