import { formatCount } from '@offtake/contract/text/format-number'
import { groupBy } from '@offtake/core/base/group'
import type { AcceleratorMs } from '@offtake/core/base/quantity'
import { addTime, toHours } from '@offtake/core/base/quantity'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { IDLE_CAUSES, type IdleCause, type IdleRow } from '@offtake/core/usage/pool-idle'
import { amountText } from '../amount-text.ts'
import type { BarChart, Colour } from '../chart.ts'
import { numbers, type Section, type TitledTable, words } from '../section.ts'

const CAUSES: Readonly<Record<IdleCause, { readonly name: string; readonly colour: Colour }>> = {
  noDemand: { name: 'no demand', colour: 'faint' },
  tooFew: { name: 'too few free for those who waited', colour: 'soft' },
  fragmented: { name: 'fragmented', colour: 'warn' },
  draining: { name: 'draining', colour: 'mild' },
  broken: { name: 'broken', colour: 'ink' },
  late: { name: 'late', colour: 'quiet' },
}

/** Where accelerator time went within the window: used, or idle by cause. */
export function utilisationSection({ idle }: RunResult): Section {
  const section = { id: 'utilisation', topic: 'Utilisation and idle time' }
  const all = whereItWent('all pools', idle)
  if (all.whole === 0) return { ...section, heading: 'No accelerators were there within the window' }
  const pools = [...groupBy(idle, ({ poolId }) => poolId)]
    .map(([poolId, rows]) => whereItWent(poolId, rows))
    .filter(({ whole }) => whole > 0)
  const rows = pools.length > 1 ? [all, ...pools.sort((a, b) => b.whole - a.whole)] : pools
  const [largest] = [...IDLE_CAUSES].sort((a, b) => all.idle[b] - all.idle[a])
  const share = (hours: number): string => amountText(hours / all.whole, { kind: 'share' })
  return {
    ...section,
    heading:
      largest && all.idle[largest] > 0
        ? `${share(all.used)} of accelerator time was used; the largest part of the rest, ${share(all.idle[largest])}, ${SAID[largest]}`
        : `${share(all.used)} of accelerator time was used`,
    text: textOf(all),
    chart: chartOf(rows),
    tables: [tableOf(rows)],
  }
}

function textOf({ whole, idle }: Went): string {
  const meanings = IDLE_CAUSES.flatMap((cause) => (idle[cause] > 0 ? (MEANINGS[cause] ?? []) : []))
  return [
    `Of ${formatCount(whole)} accelerator-hours that were promised or there within the window.`,
    ...meanings,
  ].join(' ')
}

/** Words of the legend that not every reader knows. */
const MEANINGS: Readonly<Partial<Record<IdleCause, string>>> = {
  fragmented: 'Fragmented: free, but not close enough together for those who waited.',
  draining: 'Draining: kept free for work that waits for the rest of its room.',
}

const SAID: Readonly<Record<IdleCause, string>> = {
  noDemand: 'had no demand',
  tooFew: 'was too little at a time for those who waited',
  fragmented: 'lay where those who waited could not use it',
  draining: 'was kept for gangs that waited for the rest of their room',
  broken: 'was broken',
  late: 'came late',
}

interface Went {
  readonly name: string
  readonly used: number
  readonly idle: Readonly<Record<IdleCause, number>>
  readonly whole: number
}

/** In accelerator-hours. */
function whereItWent(name: string, rows: readonly IdleRow[]): Went {
  const hours = (of: (row: IdleRow) => AcceleratorMs): number =>
    toHours(rows.reduce((sum, row) => addTime(sum, of(row)), 0n as AcceleratorMs))
  const idle = {
    noDemand: hours((row) => row.idle.noDemand),
    tooFew: hours((row) => row.idle.tooFew),
    fragmented: hours((row) => row.idle.fragmented),
    draining: hours((row) => row.idle.draining),
    broken: hours((row) => row.idle.broken),
    late: hours((row) => row.idle.late),
  }
  return {
    name,
    used: hours(({ used }) => used),
    idle,
    whole: hours(({ promised }) => promised) + hours(({ beyondPromise }) => beyondPromise),
  }
}

function chartOf(rows: readonly Went[]): BarChart {
  const shares = (of: (row: Went) => number): number[] =>
    rows.map((row) => (row.whole > 0 ? of(row) / row.whole : 0))
  const causes = IDLE_CAUSES.filter((cause) => rows.some(({ idle }) => idle[cause] > 0))
  return {
    kind: 'bars',
    unit: { kind: 'share' },
    direction: 'rows',
    isStacked: true,
    categories: rows.map(({ name }) => name),
    bars: [
      { name: 'used', colour: 'accent', values: shares(({ used }) => used) },
      ...causes.map((cause) => ({ ...CAUSES[cause], values: shares(({ idle }) => idle[cause]) })),
    ],
    remarks: shares(({ used }) => used).map((share) => `${amountText(share, { kind: 'share' })} used`),
  }
}

function tableOf(rows: readonly Went[]): TitledTable {
  return {
    title: 'The same in numbers',
    columns: [
      ...words('accelerator-hours'),
      ...numbers('promised or there', 'used', ...IDLE_CAUSES.map((cause) => CAUSES[cause].name)),
    ],
    rows: rows.map(({ name, whole, used, idle }) => [
      name,
      ...[whole, used, ...IDLE_CAUSES.map((cause) => idle[cause])].map(formatCount),
    ]),
  }
}
