import { formatCount } from '@offtake/contract/text/format-number'
import { formatInstant } from '@offtake/core/base/instant'
import { durationMs, type Span } from '@offtake/core/base/span'
import { integral, type StepFunction, sum } from '@offtake/core/base/step-function'
import { addTimelines } from '@offtake/core/capacity/timeline'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { amountText } from '../amount-text.ts'
import { dateText } from '../date-text.ts'
import { numbers, type Section, type TitledTable, words } from '../section.ts'
import { averagesOver, stepsOf, stepText } from '../time-averages.ts'

const UNIT = { kind: 'accelerators' } as const
const STEPS_MAX = 720
const ROWS_MAX = 62

/** What was asked for, used and there within the window, in steps short enough to show the day's wave. */
export function windowSection(result: RunResult): Section {
  const { portfolio, capacity, asked, statistics } = result
  const { window } = portfolio
  const levels: Levels = {
    asked,
    used: sum(...result.used.values()),
    delivered: addTimelines(capacity).delivered,
  }
  const section = { id: 'window', topic: 'The window played' }
  if (statistics.gangs === 0)
    return {
      ...section,
      heading: `Nothing was asked for from ${dateText(window.start)} to ${dateText(window.until)}`,
    }
  const mean = (level: StepFunction): number => Number(integral(level, window)) / durationMs(window)
  const steps = stepsOf(window, STEPS_MAX)
  return {
    ...section,
    heading: `On average ${formatCount(mean(levels.used))} of ${amountText(mean(levels.delivered), UNIT)} were in use, and ${formatCount(mean(levels.asked))} asked for`,
    text: `From ${dateText(window.start)} to ${dateText(window.until)} the work itself was played: ${formatCount(statistics.gangs)} gangs, each a piece of work whose parts start together. Averages ${stepText(steps)}; what is asked for is what runs and what waits.`,
    chart: {
      kind: 'steps',
      unit: UNIT,
      times: [...steps.map(({ start }) => start), window.until],
      areas: [{ name: 'used', colour: 'soft', values: closed(averagesOver(levels.used, steps)) }],
      lines: [
        {
          name: 'delivered',
          colour: 'ink',
          dashed: true,
          values: closed(averagesOver(levels.delivered, steps)),
        },
        {
          name: 'asked for',
          colour: 'warn',
          dashed: false,
          values: closed(averagesOver(levels.asked, steps)),
        },
      ],
    },
    tables: [tableOf(levels, window)],
  }
}

interface Levels {
  readonly asked: StepFunction
  readonly used: StepFunction
  readonly delivered: StepFunction
}

/** The last level holds to the end of the chart. */
function closed(values: readonly number[]): number[] {
  return [...values, values.at(-1) ?? 0].map(Math.round)
}

function tableOf({ asked, used, delivered }: Levels, window: Span): TitledTable {
  const steps = stepsOf(window, ROWS_MAX)
  const columns = [delivered, asked, used].map((level) => averagesOver(level, steps))
  return {
    title: 'The same in numbers',
    columns: [...words(`average ${stepText(steps)}, from`), ...numbers('delivered', 'asked for', 'used')],
    rows: steps.map(({ start }, n) => [
      formatInstant(start),
      ...columns.map((values) => formatCount(values[n] ?? 0)),
    ]),
  }
}
