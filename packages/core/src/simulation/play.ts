import { NO_SLIPS, type Slips } from '../agreements/resolve.ts'
import { standingsOf } from '../agreements/standing.ts'
import type { Allocator } from '../allocation/allocator.ts'
import type { AllocationEvent } from '../allocation/events.ts'
import type { MoneyLedger } from '../allocation/money/money-ledger.ts'
import type { Terms } from '../allocation/money/terms.ts'
import { BACKFILL } from '../allocation/policies/backfill.ts'
import type { QueuePolicy } from '../allocation/policies/queue-policy.ts'
import { assert } from '../base/assert.ts'
import { groupBy } from '../base/group.ts'
import { DAY_MS, type Instant } from '../base/instant.ts'
import { mergeByTime } from '../base/merge-by-time.ts'
import { type Prng, prng } from '../base/prng.ts'
import { ok, type Result } from '../base/result.ts'
import type { Span } from '../base/span.ts'
import type { StepFunction } from '../base/step-function.ts'
import type { DatedOutage, PlannedOutage } from '../capacity/outage-plan.ts'
import { capacityOf, type PoolTimeline } from '../capacity/timeline.ts'
import type { Charge } from '../cost/charge.ts'
import { type ChargedPortfolio, chargePortfolio } from '../cost/charges.ts'
import { jobsInOrder } from '../demand/draw-jobs.ts'
import { type CashPlan, cashPlan, paymentsOf } from '../finance/cash.ts'
import { concentrationOf } from '../finance/concentration.ts'
import { coverageOf } from '../finance/coverage.ts'
import { monthlyBills } from '../finance/monthly-bills.ts'
import { type ObligationSummary, summariseObligations } from '../finance/obligation-summary.ts'
import { type Prepaid, prepaidUnder } from '../finance/prepayment.ts'
import { IdleMeter } from '../usage/idle.ts'
import { Meter } from '../usage/meter.ts'
import type { IdleRow } from '../usage/pool-idle.ts'
import { Rollup, type UsageRow } from '../usage/rollup.ts'
import type { UnknownPrice } from '../usage/supply.ts'
import { type BookedRow, BookingObserver } from './booking-observer.ts'
import { bookingCommands, withoutPastWindow } from './bookings.ts'
import { checkExpectation } from './check.ts'
import { checkCountedTake } from './counted-take.ts'
import { DemandObserver } from './demand-observer.ts'
import { failureCommands } from './failures.ts'
import { type OutageEffect, OutageObserver } from './outage-observer.ts'
import { outageCommands } from './outages.ts'
import type { Portfolio } from './portfolio.ts'
import { replicaCommands } from './replicas.ts'
import type { RunResult } from './run-result.ts'
import type { RunStatistics } from './run-statistics.ts'
import { type SimulationInput, Simulator, type SimulatorSnapshot, type TimedCommand } from './simulator.ts'
import { spentBudgets } from './spent-budgets.ts'
import { spotLossCommands } from './spot-losses.ts'
import { type SpotLosses, SpotObserver } from './spot-observer.ts'
import { StatisticsObserver } from './statistics-observer.ts'
import { type Delivery, deliveriesWithin, supplyCommands } from './supply.ts'
import { type GroupSurvival, SurvivalObserver } from './survival-observer.ts'
import { mindsMoney, termsOfPortfolio } from './terms-of-portfolio.ts'
import { type WindowYear, windowYears } from './window-years.ts'
import { YearObserver } from './year-observer.ts'

export interface PlayOptions {
  /** Instead of the portfolio's own. */
  readonly seed?: number
  readonly slips?: Slips
  readonly policy?: QueuePolicy
  /** Beside those of the portfolio. */
  readonly outages?: readonly DatedOutage[]
  /** Tells the allocator what time costs, so that it counts what is used of each grant. */
  readonly countsTakes?: boolean
  /** Sees every event of the window, in order. */
  readonly observe?: (event: AllocationEvent) => void
  /** Sees how much of the window has been played, from 0 to 1. */
  readonly progress?: (share: number) => void
  /** Takes a snapshot of the window at this moment of it. */
  readonly stopover?: { readonly at: Instant; readonly take: (snapshot: SimulatorSnapshot) => void }
  /** Goes on from a snapshot of the same portfolio with the same options, after the events that led to it. */
  readonly from?: { readonly snapshot: SimulatorSnapshot; readonly events: Iterable<AllocationEvent> }
}

/** Plays the whole flow: what was signed, what arrives, what is asked for, who gets what, what it costs and what is owed. */
export function playPortfolio(
  portfolio: Portfolio,
  options: PlayOptions = {},
): Result<RunResult, UnknownPrice> {
  const { slips = NO_SLIPS, seed = portfolio.seed, policy = BACKFILL } = options
  const { agreements, currency, prices, asOf, horizon } = portfolio
  const capacity = capacityOf({ agreements, fleet: portfolio.fleet, slips, horizon })
  const obligations = summariseObligations({ agreements, prices, asOf, currency, slips })
  if (!obligations.ok) return obligations
  const terms = options.countsTakes || mindsMoney(portfolio) ? termsOfPortfolio(portfolio, slips) : undefined
  if (terms?.ok === false) return terms
  const settled = { ...options, slips, seed, policy, terms: terms?.value }
  const { ledger, ...history } = playWindow(portfolio, settled, capacity)
  const charged = chargePortfolio({ ...portfolio, slips, capacity, used: history.used, idle: history.idle })
  if (!charged.ok) return charged
  if (ledger) checkCountedTake(ledger, charged.value, portfolio.window)
  return ok({
    portfolio,
    seed,
    slips,
    policy: policy.name,
    standings: standingsOf(agreements),
    capacity,
    ...history,
    charged: charged.value,
    ...(ledger && mindsMoney(portfolio) ? { budgets: spentBudgets(ledger, portfolio.window) } : {}),
    obligations: obligations.value,
    ...moneyOver(portfolio, charged.value, obligations.value),
    concentration: concentrations(capacity, obligations.value),
    checks: portfolio.expectations.map((expectation) => checkExpectation(expectation, agreements)),
  })
}

interface History {
  /** What the allocator counted, where it was told what time costs. */
  readonly ledger: MoneyLedger | undefined
  readonly statistics: RunStatistics
  readonly years: readonly WindowYear[]
  readonly asked: StepFunction
  readonly used: ReadonlyMap<string, StepFunction>
  readonly usage: readonly UsageRow[]
  readonly idle: readonly IdleRow[]
  readonly outages: readonly OutageEffect[]
  readonly spotLosses?: SpotLosses
  readonly bookings: readonly BookedRow[]
  readonly survival: readonly GroupSurvival[]
}

type Settled = PlayOptions &
  Required<Pick<PlayOptions, 'slips' | 'seed' | 'policy'>> & { readonly terms: Terms | undefined }

function playWindow(portfolio: Portfolio, options: Settled, capacity: readonly PoolTimeline[]): History {
  const { window, hardware } = portfolio
  const statistics = new StatisticsObserver()
  const years = new YearObserver()
  const demand = new DemandObserver()
  const rollup = new Rollup()
  const meter = new Meter((span) => rollup.add(span))
  const idle = new IdleMeter(new Map(capacity.map(({ pool, promised }) => [pool.id, promised])), window)
  const drawing = { prng: prng(options.seed), hardware }
  const deliveries = deliveriesWithin(portfolio, options.slips)
  const planned = [...(portfolio.fleet.outages ?? []), ...(options.outages ?? [])]
  const rare = rareObservers(portfolio, planned, deliveries)
  const input = {
    policy: options.policy,
    tenants: portfolio.tenants,
    reclaimNoticeMs: portfolio.reclaimNoticeMs,
    ...(portfolio.order === undefined ? {} : { order: portfolio.order }),
    commands: [
      ...supplyCommands(deliveries, window, portfolio.fleet.upkeep),
      ...bookingCommands(portfolio.windows ?? [], window),
    ],
    terms: options.terms,
    streamed: streamedCommands(portfolio, planned, deliveries, drawing.prng),
    jobs: mergeByTime(
      portfolio.workloads.map((workload) =>
        jobsInOrder(withoutPastWindow(workload, portfolio.windows ?? [], window), window, drawing),
      ),
      ({ submitted }) => submitted,
    ),
    until: window.until,
  }
  const allocator = playThrough(input, window, options, (event) => {
    statistics.observe(event)
    years.observe(event)
    demand.observe(event)
    meter.observe(event)
    idle.observe(event)
    rare.observe(event)
    options.observe?.(event)
  })
  const { money, now } = allocator.state
  // Where nothing ever happens, nobody is told what it would cost.
  const isCounted = money !== undefined || !Number.isFinite(now)
  assert(!options.terms || isCounted, 'prices are such that sums over the whole fleet are exact')
  meter.cut(window.until)
  const usage = rollup.rows()
  const idleRows = idle.finish()
  return {
    statistics: statistics.finish(window.until),
    years: windowYears(years.finish(), usage, idleRows),
    asked: demand.asked(),
    used: meter.usedByPool(),
    usage,
    idle: idleRows,
    ...rare.finish(),
    ledger: allocator.state.money,
  }
}

/** Those who follow what few portfolios have. */
function rareObservers(
  { services, workloads, windows = [], window }: Portfolio,
  planned: readonly PlannedOutage[],
  deliveries: readonly Delivery[],
) {
  const outages = planned.length > 0 ? new OutageObserver() : undefined
  const spot = deliveries.some(({ losses }) => losses) ? new SpotObserver() : undefined
  const isSpread = [...services, ...workloads].some(({ spread }) => spread)
  const survival = isSpread ? new SurvivalObserver() : undefined
  const bookings = windows.length > 0 ? new BookingObserver() : undefined
  return {
    observe: (event: AllocationEvent): void => {
      outages?.observe(event)
      survival?.observe(event)
      spot?.observe(event)
      bookings?.observe(event)
    },
    finish: (): Pick<History, 'outages' | 'survival' | 'bookings' | 'spotLosses'> => ({
      outages: outages?.finish(window.until) ?? [],
      survival: survival?.finish(window.until) ?? [],
      bookings: bookings?.rows() ?? [],
      ...(spot ? { spotLosses: spot.finish() } : {}),
    }),
  }
}

/** What happens whatever the allocator decides: failures, outages, what services wish. */
function streamedCommands(
  { fleet, services, window, reclaimNoticeMs }: Portfolio,
  outages: readonly PlannedOutage[],
  deliveries: readonly Delivery[],
  chance: Prng,
): Iterable<TimedCommand> {
  const drawn = { deliveries, outages, window, noticeMs: reclaimNoticeMs, chance: chance.fork('outages') }
  return mergeByTime(
    [
      failureCommands(deliveries, fleet.failures, chance.fork('failures')),
      ...(outages.length > 0 ? [outageCommands(drawn)] : []),
      spotLossCommands(deliveries, chance.fork('spot')),
      ...services.map((service) => replicaCommands(service, window)),
    ],
    ({ at }) => at,
  )
}

function playThrough(
  input: SimulationInput,
  { start, until }: Span,
  { progress, stopover, from }: PlayOptions,
  observe: (event: AllocationEvent) => void,
): Allocator {
  const simulator = from ? resumed(input, from, observe) : new Simulator(input, observe)
  if (stopover) {
    simulator.run(stopover.at)
    stopover.take(simulator.snapshot())
  }
  for (let at = start; simulator.run(at); at = (at + DAY_MS) as Instant)
    progress?.(Math.min(1, (at - start) / (until - start)))
  return simulator.allocator
}

function resumed(
  input: SimulationInput,
  { events, snapshot }: Required<PlayOptions>['from'],
  observe: (event: AllocationEvent) => void,
): Simulator {
  for (const event of events) observe(event)
  const simulator = Simulator.resume(input, snapshot, observe)
  assert(simulator.ok, 'the snapshot is of a run that was played before')
  return simulator.value
}

interface MoneyOver {
  readonly cash: CashPlan
  readonly prepaid: readonly Prepaid[]
  readonly coverage: RunResult['coverage']
}

function moneyOver(
  portfolio: Portfolio,
  charged: ChargedPortfolio,
  obligations: ObligationSummary,
): MoneyOver {
  const { agreements, currency, revenue, horizon } = portfolio
  const byAgreement = groupBy(charged.charges, ({ agreementId }: Charge) => agreementId)
  const billed = agreements.map((agreement) => ({
    agreement,
    bills: monthlyBills(byAgreement.get(agreement.id) ?? [], currency),
  }))
  const payments = billed.flatMap(({ agreement, bills }) => paymentsOf(agreement, bills))
  return {
    cash: cashPlan(payments, revenue, horizon, currency),
    prepaid: billed.flatMap(({ agreement, bills }) => prepaidUnder(agreement, bills)),
    coverage: coverageOf(obligations.counted.byYear, revenue),
  }
}

/** By what is owed, and by the most accelerators that each ever brings. */
function concentrations(
  capacity: readonly PoolTimeline[],
  { counted }: ObligationSummary,
): RunResult['concentration'] {
  const money = counted.byProvider.map(({ provider, total }) => ({ key: provider, weight: total.micros }))
  const peaks = capacity.map(({ pool, delivered }) => ({
    pool,
    weight: BigInt(Math.max(0, ...delivered.values)),
  }))
  return {
    moneyByProvider: concentrationOf(money),
    acceleratorsByProvider: concentrationOf(
      peaks.map(({ pool, weight }) => ({ key: pool.provider, weight })),
    ),
    acceleratorsByHardware: concentrationOf(
      peaks.map(({ pool, weight }) => ({ key: pool.hardware, weight })),
    ),
  }
}
