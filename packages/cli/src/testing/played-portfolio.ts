import { resolve } from 'node:path'
import type { AllocationEvent } from '@offtake/core/allocation/events'
import { addMonths, type Instant } from '@offtake/core/base/instant'
import { playPortfolio } from '@offtake/core/simulation/play'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { tryPortfolio } from '../portfolio-argument.ts'

/** 64 accelerators on demand and 32 reserved: a small portfolio that plays in a second. */
export const START_UP = resolve(import.meta.dirname, '../../../../examples/start-up')

export async function loadedPortfolio(dir: string): Promise<Portfolio> {
  const loaded = await tryPortfolio(dir)
  if (loaded.ok) return loaded.value
  throw new Error(`${dir} has problems: ${loaded.problems.map(({ message }) => message).join('; ')}`)
}

export const FRONTIER_LAB = resolve(import.meta.dirname, '../../../../examples/frontier-lab')

/** The same portfolio, of which only the first months are played: seven years take a minute. */
export function firstMonths(portfolio: Portfolio, months: number): Portfolio {
  const { start, until } = portfolio.window
  const end = Math.min(until, addMonths(start, months)) as Instant
  return { ...portfolio, window: { start, until: end } }
}

export function playedPortfolio(
  portfolio: Portfolio,
  observe: (event: AllocationEvent) => void = () => undefined,
): RunResult {
  const played = playPortfolio(portfolio, { observe })
  if (played.ok) return played.value
  throw new Error(`${portfolio.name} cannot be played`)
}
