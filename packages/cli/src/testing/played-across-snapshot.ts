import type { AllocationEvent } from '@offtake/core/allocation/events'
import { instant } from '@offtake/core/base/instant'
import { playPortfolio } from '@offtake/core/simulation/play'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import { summarise } from '@offtake/core/simulation/summary'

interface Written {
  /** As `events.jsonl` has it. */
  readonly events: string
  readonly summary: string
}

/** A portfolio played in one go, and by two runs of which the second knows what the first wrote half-way. */
export function playedAcrossSnapshot(portfolio: Portfolio): { whole: Written; resumed: Written } {
  const { start, until } = portfolio.window
  const events: AllocationEvent[] = []
  let halfWay = ''
  const stopover = {
    at: instant(Math.floor((start + until) / 2)),
    take: (snapshot: unknown) => {
      halfWay = JSON.stringify({ snapshot, events })
    },
  }
  const whole = played(portfolio, { stopover, observe: (event) => events.push(event) })
  const after: AllocationEvent[] = []
  const resumed = played(portfolio, { from: JSON.parse(halfWay), observe: (event) => after.push(event) })
  return {
    whole: { events: lines(events), summary: whole },
    resumed: { events: lines(after), summary: resumed },
  }
}

function played(portfolio: Portfolio, options: Parameters<typeof playPortfolio>[1]): string {
  const result = playPortfolio(portfolio, options)
  if (!result.ok) throw new Error(`${portfolio.name} cannot be played`)
  return JSON.stringify(summarise(result.value))
}

function lines(events: readonly AllocationEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('')
}
