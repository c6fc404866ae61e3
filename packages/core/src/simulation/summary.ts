import type { Provenance } from '../base/figure.ts'
import { formatInstant, type Instant } from '../base/instant.ts'
import { type Money, nothing, total, toUnits } from '../base/money.ts'
import { type AcceleratorMs, addTime, toHours, WHOLE } from '../base/quantity.ts'
import type { Span } from '../base/span.ts'
import { addTimelines, groupTimelines, peakOf } from '../capacity/timeline.ts'
import { chargedBy, chargesWithin, footingOf, totalCharged } from '../cost/charge.ts'
import type { Maturities } from '../finance/obligation-summary.ts'
import type { IdleCause } from '../usage/pool-idle.ts'
import type { BookedRow } from './booking-observer.ts'
import type { Check } from './check.ts'
import type { OutageEffect } from './outage-observer.ts'
import { type Overpromised, overpromisedPools } from './overpromised.ts'
import type { RunResult } from './run-result.ts'
import type { Distribution, RunStatistics } from './run-statistics.ts'
import { type SpendingSummary, summariseSpending } from './spending-summary.ts'
import type { SpotLosses } from './spot-observer.ts'
import type { GroupSurvival } from './survival-observer.ts'
import type { WindowYear } from './window-years.ts'

/**
 * What a run comes to, as plain numbers for people and scripts: sums in whole currency units to the cent, shares from 0 to 1,
 * dates as text. Exact sums are in the result folder's tables.
 */
export interface Summary {
  readonly portfolio: string
  readonly currency: string
  readonly seed: number
  readonly policy: string
  readonly horizon: SpanText
  readonly window: SpanText
  readonly agreements: readonly AgreementSummary[]
  readonly obligations: ObligationsSummary
  readonly capacity: {
    /** Of what is delivered within the horizon. */
    readonly peakAccelerators: number
    readonly peakAt: string | null
    readonly byProvider: Readonly<Record<string, number>>
    readonly byHardware: Readonly<Record<string, number>>
  }
  readonly allocation: AllocationSummary
  /** The window by calendar year. */
  readonly years: readonly WindowYear[]
  /** Absent where there was none. */
  readonly outages?: readonly OutageSummary[]
  /** Pools of which tenants own more than there ever is; absent where there is none. */
  readonly overpromised?: readonly Overpromised[]
  /** What came of each window that was booked; absent where none was. */
  readonly windows?: readonly BookedRow[]
  /** Absent where nothing is kept apart. */
  readonly survival?: readonly GroupSurvival[]
  /** Absent where no spot capacity is taken back. */
  readonly spotLosses?: SpotLosses
  /** Accelerator-hours within the window. */
  readonly usage: {
    readonly promisedHours: number
    readonly usedHours: number
    readonly idleHours: Readonly<Record<string, number>>
    readonly byTenant: Readonly<Record<string, number>>
  }
  readonly cost: CostSummary
  /** What was spent where within the window; absent where no decision depends on what time costs. */
  readonly spending?: SpendingSummary
  /** Sums that stand beside each other and must not be added: who overlaps whom. */
  readonly overlaps: readonly { readonly id: string; readonly with: readonly string[] }[]
  readonly coverage: readonly {
    readonly year: number
    readonly owed: number
    readonly revenue: number | null
    readonly multiple: number | null
  }[]
  readonly concentration: {
    readonly moneyHerfindahl: number | null
    readonly acceleratorHerfindahl: number | null
  }
  /** The share of what is owed that rests on assumed figures, in its amount; and in its amount or its dates. */
  readonly assumedShare: number
  readonly assumedShareWithDates: number
  readonly checks: readonly Check[]
}

interface SpanText {
  readonly start: string
  readonly until: string
}

export interface AgreementSummary {
  readonly id: string
  readonly title: string
  readonly provider: string
  readonly instrument: string
  readonly layer: string
  readonly binding: boolean
  readonly standing: string
  /** The committed sum; null where none is known. */
  readonly totalStated: number | null
  readonly provenance: Provenance['kind'] | null
  readonly charged: number
}

interface MaturitiesSummary {
  readonly total: number
  readonly under1y: number
  readonly from1to3y: number
  readonly from3to5y: number
  readonly over5y: number
}

interface ObligationsSummary extends MaturitiesSummary {
  readonly asOf: string
  readonly byProvider: Readonly<Record<string, number>>
  readonly byYear: Readonly<Record<string, number>>
  /** Beside the total, never part of it. */
  readonly nonBinding: number
  readonly overlapping: number
  readonly contingent: number
}

interface OutageSummary extends Omit<OutageEffect, 'from' | 'until' | 'announced'> {
  readonly from: string
  readonly until: string | null
  readonly announced: string | null
}

interface AllocationSummary {
  readonly gangs: number
  readonly started: number
  readonly finished: number
  readonly running: number
  readonly waiting: number
  /** By cause; absent where none was refused. */
  readonly refusedGangs?: NonNullable<RunStatistics['refusedGangs']>
  readonly preemptions: number
  /** Absent where there was none. */
  readonly resizes?: number
  readonly moves?: number
  readonly nodesSlowed?: number
  readonly nodeFailures: number
  readonly events: number
  readonly waitHours: Distribution
  readonly utilisation: number
  readonly fragmentation: number
  readonly fairness: number
  readonly acceleratorHours: number
}

interface CostSummary {
  /** All charges that end within the horizon, and those of the window alone. */
  readonly charged: number
  readonly chargedInWindow: number
  /** What lines add, month by month, for the owed part of their time that nobody used. */
  readonly idle: number
  /** What commitments add at the ends of their intervals, where use does not meet them. */
  readonly trueUp: number
  readonly credits: number
  /** What was paid ahead and no bill that can be foreseen will draw. */
  readonly prepaidLeft: number
  readonly byKind: Readonly<Record<string, number>>
  readonly byBasis: Readonly<Record<string, number>>
}

export function summarise(result: RunResult): Summary {
  const { portfolio, statistics, obligations, concentration, checks } = result
  const { counted } = obligations
  const spending = summariseSpending(result)
  const overpromised = overpromisedPools(result)
  return {
    portfolio: portfolio.name,
    currency: portfolio.currency,
    seed: result.seed,
    policy: result.policy,
    horizon: spanText(portfolio.horizon),
    window: spanText(portfolio.window),
    agreements: agreementSummaries(result),
    obligations: obligationsSummary(result),
    capacity: capacitySummary(result),
    allocation: allocationSummary(statistics),
    years: result.years,
    ...(result.survival.length > 0 ? { survival: result.survival } : {}),
    ...(result.outages.length > 0 ? { outages: result.outages.map(outageSummary) } : {}),
    ...(overpromised.length > 0 ? { overpromised } : {}),
    ...(result.bookings.length > 0 ? { windows: result.bookings } : {}),
    ...(result.spotLosses ? { spotLosses: result.spotLosses } : {}),
    usage: usageSummary(result),
    cost: costSummary(result),
    ...(spending ? { spending } : {}),
    overlaps: overlapsOf(result),
    coverage: result.coverage.map(({ year, owed, revenue, multiple }) => ({
      year,
      owed: toUnits(owed),
      revenue: revenue ? toUnits(revenue.value) : null,
      multiple: multiple ?? null,
    })),
    concentration: {
      moneyHerfindahl: concentration.moneyByProvider?.herfindahl ?? null,
      acceleratorHerfindahl: concentration.acceleratorsByProvider?.herfindahl ?? null,
    },
    assumedShare: counted.assumedAmount / WHOLE,
    assumedShareWithDates: counted.assumedAmountOrTiming / WHOLE,
    checks,
  }
}

function outageSummary({ from, until, announced, ...effect }: OutageEffect): OutageSummary {
  const text = (at: Instant | undefined): string | null => (at === undefined ? null : formatInstant(at))
  return { ...effect, from: formatInstant(from), until: text(until), announced: text(announced) }
}

function agreementSummaries({ portfolio, standings, charged }: RunResult): AgreementSummary[] {
  const sums = chargedBy(charged.charges, portfolio.currency, ({ agreementId }) => agreementId)
  return portfolio.agreements.map((agreement) => ({
    id: agreement.id,
    title: agreement.title,
    provider: agreement.provider,
    instrument: agreement.instrument,
    layer: agreement.layer,
    binding: agreement.binding,
    standing: standings.get(agreement.id)?.kind ?? 'draft',
    totalStated: agreement.commitment ? toUnits(agreement.commitment.total.value) : null,
    provenance: agreement.commitment?.total.provenance.kind ?? null,
    charged: toUnits(sums.get(agreement.id) ?? nothing(portfolio.currency)),
  }))
}

function obligationsSummary({ obligations }: RunResult): ObligationsSummary {
  const { counted, notBinding, overlapping, contingent } = obligations
  return {
    asOf: formatInstant(obligations.asOf),
    ...maturities(counted),
    byProvider: record(counted.byProvider.map(({ provider, total }) => [provider, toUnits(total)])),
    byYear: record(counted.byYear.map(({ year, amount }) => [String(year), toUnits(amount)])),
    nonBinding: toUnits(notBinding.total),
    overlapping: toUnits(overlapping.total),
    contingent: toUnits(contingent.total),
  }
}

function maturities({ total, under1y, from1to3y, from3to5y, over5y }: Maturities): MaturitiesSummary {
  return {
    total: toUnits(total),
    under1y: toUnits(under1y),
    from1to3y: toUnits(from1to3y),
    from3to5y: toUnits(from3to5y),
    over5y: toUnits(over5y),
  }
}

function capacitySummary({ capacity, portfolio: { horizon } }: RunResult): Summary['capacity'] {
  const peaks = (by: 'provider' | 'hardware'): Record<string, number> =>
    record(
      groupTimelines(capacity, by).map(({ key, delivered }) => [
        key,
        peakOf(delivered, horizon)?.accelerators ?? 0,
      ]),
    )
  const peak = peakOf(addTimelines(capacity).delivered, horizon)
  return {
    peakAccelerators: peak?.accelerators ?? 0,
    peakAt: peak ? formatInstant(peak.at) : null,
    byProvider: peaks('provider'),
    byHardware: peaks('hardware'),
  }
}

function allocationSummary(statistics: RunResult['statistics']): AllocationSummary {
  const { gangs, started, finished, running, waiting, nodeFailures, events, evictions } = statistics
  const { waitHours, utilisation, fragmentation, fairness, acceleratorHours } = statistics
  const { refusedGangs, resizes, moves, nodesSlowed } = statistics
  const counts = { gangs, started, finished, running, waiting, preemptions: evictions, nodeFailures, events }
  const rare = {
    ...(refusedGangs ? { refusedGangs } : {}),
    ...(resizes > 0 ? { resizes } : {}),
    ...(moves > 0 ? { moves } : {}),
    ...(nodesSlowed > 0 ? { nodesSlowed } : {}),
  }
  return { ...counts, ...rare, waitHours, utilisation, fragmentation, fairness, acceleratorHours }
}

function usageSummary({ usage, idle }: RunResult): Summary['usage'] {
  const causes = [...new Set(idle.flatMap((row) => Object.keys(row.idle) as IdleCause[]))]
  const tenants = [...new Set(usage.map(({ tenant }) => tenant))].sort()
  return {
    promisedHours: hours(idle.map(({ promised }) => promised)),
    usedHours: hours(idle.map(({ used }) => used)),
    idleHours: record(causes.map((cause) => [cause, hours(idle.map((row) => row.idle[cause]))])),
    byTenant: record(
      tenants.map((id) => [id, hours(usage.filter(({ tenant }) => tenant === id).map(({ used }) => used))]),
    ),
  }
}

function costSummary({ charged, prepaid, portfolio: { currency, horizon, window } }: RunResult): CostSummary {
  const charges = chargesWithin(charged.charges, horizon)
  const byKind = chargedBy(charges, currency, ({ kind }) => kind)
  const kind = (name: 'unused' | 'trueUp' | 'lateCredit' | 'slaCredit'): number => units(byKind.get(name))
  const { byBasis } = footingOf(charges, currency)
  return {
    charged: toUnits(totalCharged(charges, currency)),
    chargedInWindow: toUnits(totalCharged(chargesWithin(charged.charges, window), currency)),
    idle: kind('unused'),
    trueUp: kind('trueUp'),
    credits: kind('lateCredit') + kind('slaCredit'),
    prepaidLeft: toUnits(
      total(
        prepaid.map(({ left }) => left),
        currency,
      ),
    ),
    byKind: record([...byKind].map(([name, sum]) => [name, toUnits(sum)])),
    byBasis: record(Object.entries(byBasis).map(([basis, sum]) => [basis, toUnits(sum)])),
  }
}

function overlapsOf({ standings }: RunResult): Summary['overlaps'] {
  return [...standings].flatMap(([id, standing]) =>
    standing.kind === 'overlapping' ? [{ id, with: standing.with }] : [],
  )
}

function units(sum: Money | undefined): number {
  return sum ? toUnits(sum) : 0
}

function hours(times: readonly AcceleratorMs[]): number {
  return toHours(times.reduce((sum, time) => addTime(sum, time), 0n as AcceleratorMs))
}

function spanText({ start, until }: Span): SpanText {
  return { start: formatInstant(start), until: formatInstant(until) }
}

function record(entries: readonly (readonly [string, number])[]): Record<string, number> {
  return Object.fromEntries(entries)
}
