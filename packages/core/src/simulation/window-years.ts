import { yearOf } from '../base/instant.ts'
import { type AcceleratorMs, addTime, toHours } from '../base/quantity.ts'
import type { IdleRow } from '../usage/pool-idle.ts'
import type { UsageRow } from '../usage/rollup.ts'
import type { YearEvents } from './year-observer.ts'

/** How one calendar year (UTC) of the window went; hours are accelerator-hours. */
export interface WindowYear extends YearEvents {
  readonly usedHours: number
  /** Used ÷ delivered and not broken. */
  readonly utilisation: number
  /** Used by work that evictions threw away. */
  readonly lostHours: number
  readonly brokenHours: number
}

/** What was counted event by event, with what the months of each year come to. */
export function windowYears(
  years: readonly YearEvents[],
  usage: readonly UsageRow[],
  idle: readonly IdleRow[],
): WindowYear[] {
  return years.map((counted) => {
    const used = usage.filter(({ month }) => yearOf(month) === counted.year)
    const levels = idle.filter(({ month }) => yearOf(month) === counted.year)
    const usedHours = hours(levels.map((row) => row.used))
    const free = hours(levels.flatMap(({ idle: { broken, late, ...free } }) => Object.values(free)))
    return {
      ...counted,
      usedHours,
      utilisation: usedHours + free > 0 ? usedHours / (usedHours + free) : 0,
      lostHours: hours(used.map(({ lost }) => lost)),
      brokenHours: hours(levels.map((row) => row.idle.broken)),
    }
  })
}

function hours(times: readonly AcceleratorMs[]): number {
  return toHours(times.reduce(addTime, 0n as AcceleratorMs))
}
