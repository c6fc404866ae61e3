import { formatCount, formatHours, formatPercent } from '@offtake/contract/text/format-number'
import type { KnownDurations } from '@offtake/core/simulation/replay'
import type { Distribution, RunStatistics } from '@offtake/core/simulation/run-statistics'
import type { Trace } from '@offtake/core/simulation/trace'
import type { Output } from './output.ts'

/** The replay of a trace, and what it took. */
export interface ReplayReport {
  readonly statistics: RunStatistics
  readonly policy: string
  readonly durations: KnownDurations
  readonly accelerators: number
  readonly rejected: number
  readonly rejectedBy: Trace['rejectedBy']
  readonly outOfOrder: number
  readonly wallMs: number
  readonly peakMemoryMb: number
}

export function printReplay(report: ReplayReport, output: Output): void {
  if (output.json) output.document(documentOf(report))
  else printTables(report, output)
}

/** Hours and shares as numbers; a class of sizes without a bound has `upTo: null`. */
function documentOf({ statistics, ...report }: ReplayReport) {
  return {
    policy: report.policy,
    durations: report.durations,
    accelerators: report.accelerators,
    jobs: statistics.gangs,
    finished: statistics.finished,
    rejected: report.rejected,
    rejectedBy: report.rejectedBy,
    outOfOrder: report.outOfOrder,
    neverStarted: statistics.waiting,
    waitHours: statistics.waitHours,
    waitBySize: statistics.waitBySize.map((size) => ({
      ...size,
      upTo: Number.isFinite(size.upTo) ? size.upTo : null,
    })),
    completionHours: statistics.completionHours,
    makespanHours: statistics.makespanHours,
    utilisation: statistics.utilisation,
    fragmentation: statistics.fragmentation,
    fairness: statistics.fairness,
    gpuHours: statistics.acceleratorHours,
    preemptions: statistics.evictions,
    ...(statistics.resizes > 0 ? { resizes: statistics.resizes } : {}),
    ...(statistics.moves > 0 ? { moves: statistics.moves } : {}),
    tenants: statistics.tenants,
    events: statistics.events,
    wallMs: report.wallMs,
    jobsPerSecond: (statistics.gangs / report.wallMs) * 1000,
    peakMemoryMb: report.peakMemoryMb,
  }
}

function printTables(report: ReplayReport, output: Output): void {
  const { statistics } = report
  const perSecond = (statistics.gangs / report.wallMs) * 1000
  output.paragraph(
    `${formatCount(statistics.gangs)} jobs on ${formatCount(report.accelerators)} accelerators, policy ${report.policy}, durations ${report.durations}`,
  )
  output.print('')
  output.table(
    ['', 'mean', 'median', 'p99'],
    [
      distributionRow('wait', statistics.waitHours),
      distributionRow('completion', statistics.completionHours),
    ],
  )
  output.print('')
  output.table(
    ['wait of jobs with', 'jobs', 'mean', 'median', 'p99'],
    statistics.waitBySize.map((size) => [sizeName(size.upTo), formatCount(size.gangs), ...hoursOf(size)]),
  )
  output.print('')
  output.table([], summaryRows(report, perSecond))
}

function summaryRows({ statistics, rejected, peakMemoryMb }: ReplayReport, perSecond: number): string[][] {
  return [
    ['finished', formatCount(statistics.finished)],
    ...(rejected > 0 ? [['rejected', formatCount(rejected)]] : []),
    ...(statistics.waiting > 0 ? [['never started', formatCount(statistics.waiting)]] : []),
    ['makespan', formatHours(statistics.makespanHours)],
    ['accelerator-hours', formatCount(statistics.acceleratorHours)],
    ['utilisation', formatPercent(statistics.utilisation)],
    ['fragmentation', formatPercent(statistics.fragmentation)],
    ['fairness (Jain)', statistics.fairness.toFixed(3)],
    ['preemptions', formatCount(statistics.evictions)],
    ...(statistics.resizes > 0 ? [['changes of size', formatCount(statistics.resizes)]] : []),
    ...(statistics.moves > 0 ? [['moves', formatCount(statistics.moves)]] : []),
    ['replayed', `${formatCount(perSecond)} jobs/s, ${formatCount(peakMemoryMb)} MB`],
  ]
}

function distributionRow(name: string, distribution: Distribution): string[] {
  return [name, ...hoursOf(distribution)]
}

function hoursOf({ mean, p50, p99 }: Distribution): string[] {
  return [mean, p50, p99].map(formatHours)
}

function sizeName(upTo: number): string {
  if (upTo === 1) return '1 accelerator'
  return Number.isFinite(upTo) ? `up to ${formatCount(upTo)}` : 'more'
}
