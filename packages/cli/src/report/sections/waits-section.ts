import { formatCount, formatHours } from '@offtake/contract/text/format-number'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { type RunStatistics, SIZE_CLASSES, type WaitOfSize } from '@offtake/core/simulation/run-statistics'
import { amountText } from '../amount-text.ts'
import type { BarChart } from '../chart.ts'
import { numbers, type Section, words } from '../section.ts'

const UNIT = { kind: 'hours' } as const

/** How long gangs waited for their first start, by how large they are. */
export function waitsSection({ statistics }: RunResult): Section {
  const { started, waiting, waitHours, waitBySize } = statistics
  const section = { id: 'waits', topic: 'Waiting' }
  if (started === 0) return { ...section, heading: 'No gang started within the window' }
  const names = waitBySize.map(sizeText)
  return {
    ...section,
    heading: headingOf(statistics),
    text: `From submission to the first start, by the size of the gang. Of ${formatCount(started)} gangs that started, ${shareText(waitHours)}; ${waiting === 0 ? 'none' : formatCount(waiting)} still waited at the end of the window.`,
    ...(waitBySize.some(({ p99, mean }) => p99 > 0 || mean > 0) ? { chart: chartOf(waitBySize, names) } : {}),
    tables: [
      {
        title: 'The same in numbers',
        columns: [
          ...words('accelerators of the gang'),
          ...numbers('gangs', 'median', 'mean', 'one in a hundred over'),
        ],
        rows: waitBySize.map(({ gangs, p50, mean, p99 }, n) => [
          names[n] ?? '',
          formatCount(gangs),
          formatHours(p50),
          formatHours(mean),
          formatHours(p99),
        ]),
      },
    ],
  }
}

function chartOf(waitBySize: readonly WaitOfSize[], names: readonly string[]): BarChart {
  return {
    kind: 'bars',
    unit: UNIT,
    direction: 'columns',
    isStacked: false,
    categories: names,
    categoriesTitle: 'accelerators of the gang',
    bars: [
      { name: 'median', colour: 'accent', values: waitBySize.map(({ p50 }) => p50) },
      { name: 'mean', colour: 'soft', values: waitBySize.map(({ mean }) => mean) },
      {
        name: 'one in a hundred waits longer than',
        colour: 'faint',
        values: waitBySize.map(({ p99 }) => p99),
      },
    ],
  }
}

function headingOf({ waitHours, waitBySize }: RunStatistics): string {
  const [longest] = [...waitBySize].sort((a, b) => b.mean - a.mean)
  if (!longest || longest.mean === 0) return 'Every gang that started did so at once'
  if (waitBySize.length === 1) return `Gangs wait ${amountText(waitHours.mean, UNIT)} on average`
  return `Gangs of ${sizeText(longest)} accelerators wait longest: ${amountText(longest.mean, UNIT)} on average, against ${amountText(waitHours.mean, UNIT)} for all`
}

function shareText({ p50, p99 }: RunStatistics['waitHours']): string {
  if (p99 === 0) return 'all but one in a hundred or fewer did so at once'
  return `half did so ${withinText(p50)}, all but one in a hundred ${withinText(p99)}`
}

function withinText(hours: number): string {
  return hours === 0 ? 'at once' : `within ${amountText(hours, UNIT)}`
}

/** `9–72`. */
function sizeText({ upTo }: WaitOfSize): string {
  const least = (SIZE_CLASSES[SIZE_CLASSES.indexOf(upTo) - 1] ?? 0) + 1
  if (!Number.isFinite(upTo)) return `over ${formatCount(least - 1)}`
  return least === upTo ? formatCount(upTo) : `${formatCount(least)}–${formatCount(upTo)}`
}
