import { addMonths, formatDate, type Instant } from '@offtake/core/base/instant'
import { toHours } from '@offtake/core/base/quantity'
import { intersection, type Span } from '@offtake/core/base/span'
import { integral, maximum, valueAt, within } from '@offtake/core/base/step-function'
import { shortfallOf } from '@offtake/core/capacity/shortfall'
import {
  addTimelines,
  type Grouping,
  groupTimelines,
  type PoolTimeline,
  peakOf,
  type Timeline,
} from '@offtake/core/capacity/timeline'
import type { DemandForecast } from '@offtake/core/demand/forecast'
import { concentrationOf } from '@offtake/core/finance/concentration'
import { type Concentrations, concentrationsDocument } from './concentration-report.ts'

/** Capacity over the horizon against demand. */
export interface CapacityReport {
  readonly portfolio: string
  readonly horizon: Span
  readonly pools: readonly PoolTimeline[]
  readonly demand: DemandForecast
  readonly by: Grouping | undefined
}

/** Accelerators at a moment. */
export interface Amounts {
  readonly promised: number
  readonly delivered: number
  /** Promised and not there; nothing where more is there than was promised. */
  readonly late: number
  readonly cpuCores: number
}

/** One calendar quarter: capacity at its end, demand and gap at their worst within it. */
export interface QuarterRow {
  /** `2026-Q3`. */
  readonly quarter: string
  readonly end: Amounts
  readonly byGroup: readonly (Amounts & { readonly key: string })[]
  readonly demandPeak: number
  readonly worstGap: number
}

export function quarterRows({ pools, demand, horizon, by }: CapacityReport): QuarterRow[] {
  const whole = addTimelines(pools)
  const groups = by ? groupTimelines(pools, by) : []
  return quartersOf(horizon).map((span) => {
    const last = (span.until - 1) as Instant
    return {
      quarter: quarterName(span.start),
      end: amountsAt(whole, last),
      byGroup: groups.map((group) => ({ key: group.key, ...amountsAt(group, last) })),
      demandPeak: maximum(within(demand.total, span)),
      worstGap: shortfallOf(demand.total, whole.delivered, span).worst?.accelerators ?? 0,
    }
  })
}

export function amountsAt({ promised, delivered, cpuCores }: Timeline, at: Instant): Amounts {
  const [was, is] = [valueAt(promised, at), valueAt(delivered, at)]
  return { promised: was, delivered: is, late: Math.max(0, was - is), cpuCores: valueAt(cpuCores, at) }
}

export function quartersDocument(report: CapacityReport) {
  return { ...headDocument(report), quarters: quarterRows(report) }
}

export function momentDocument(report: CapacityReport, at: Instant) {
  const { pools, demand, by = 'pool' } = report
  const whole = amountsAt(addTimelines(pools), at)
  const asked = valueAt(demand.total, at)
  return {
    ...headDocument(report),
    at: formatDate(at),
    ...whole,
    demand: asked,
    demandByServices: valueAt(demand.services, at),
    demandByWorkloads: valueAt(demand.workloads, at),
    gap: Math.max(0, asked - whole.delivered),
    by,
    groups: groupTimelines(pools, by).map((group) => ({ key: group.key, ...amountsAt(group, at) })),
  }
}

function headDocument({ portfolio, horizon, pools, demand }: CapacityReport) {
  const { delivered } = addTimelines(pools)
  const peak = peakOf(delivered, horizon)
  const shortfall = shortfallOf(demand.total, delivered, horizon)
  return {
    portfolio,
    horizon: { start: formatDate(horizon.start), until: formatDate(horizon.until) },
    peakAccelerators: peak?.accelerators ?? 0,
    peakAt: peak ? formatDate(peak.at) : null,
    concentration: concentrationsDocument(concentrationsOf(pools, horizon)),
    shortfall: {
      begins: shortfall.begins === undefined ? null : formatDate(shortfall.begins),
      worst: shortfall.worst?.accelerators ?? 0,
      worstAt: shortfall.worst ? formatDate(shortfall.worst.at) : null,
      acceleratorHours: Math.round(toHours(shortfall.missing)),
    },
  }
}

/** Of accelerator time over the horizon, as delivered. */
export function concentrationsOf(pools: readonly PoolTimeline[], horizon: Span): Concentrations {
  const by = (grouping: Grouping) =>
    concentrationOf(
      groupTimelines(pools, grouping).map(({ key, delivered }) => ({
        key,
        weight: integral(delivered, horizon),
      })),
    )
  return { provider: by('provider'), hardware: by('hardware'), region: by('region') }
}

function quartersOf(span: Span): Span[] {
  const quarters: Span[] = []
  const date = new Date(span.start)
  let start = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - (date.getUTCMonth() % 3), 1) as Instant
  for (; start < span.until; start = addMonths(start, 3)) {
    const part = intersection(span, { start, until: addMonths(start, 3) })
    if (part) quarters.push(part)
  }
  return quarters
}

function quarterName(at: Instant): string {
  const date = new Date(at)
  return `${date.getUTCFullYear()}-Q${Math.floor(date.getUTCMonth() / 3) + 1}`
}
