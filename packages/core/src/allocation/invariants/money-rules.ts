import type { Instant } from '../../base/instant.ts'
import type { Span } from '../../base/span.ts'
import type { AllocationState } from '../allocation-state.ts'
import type { Part } from '../events.ts'
import type { PricedGrant, Terms } from '../money/terms.ts'
import type { Broken } from './broken.ts'

/** One accelerator of a grant, with its place in the order in which a pool's use takes them. */
interface Seat {
  readonly grant: PricedGrant
  readonly price: number
  readonly rank: readonly [paid: number, order: number, price: number, id: string]
}

interface CountedTake {
  drawn: bigint
  carriedIn: bigint
  /** The start of the interval that was counted last. */
  start: number
}

/** What is used of grants and takes, counted accelerator by accelerator between any two moments at which something changes. */
export class CountedMoney {
  readonly terms: Terms
  readonly time = new Map<string, bigint>()
  readonly takes = new Map<string, CountedTake>()
  /** Of budgets, by their names and the start of the interval. */
  readonly spent: Map<string, bigint>
  now: Instant

  constructor(terms: Terms, at: Instant, before?: CountedMoney) {
    this.terms = terms
    this.now = at
    this.spent = new Map(before?.spent)
    for (const { id } of terms.grants) this.time.set(id, before?.time.get(id) ?? 0n)
    for (const take of terms.takes) {
      const known = before?.takes.get(take.id)
      const runs = take.intervals.find(({ until }) => until > at)
      const goesOn = known && runs && known.start === runs.start
      this.takes.set(take.id, goesOn ? { ...known } : { drawn: 0n, carriedIn: 0n, start: runs?.start ?? 0 })
    }
  }

  /** Counts on to the moment, during which gangs held what they hold; `count` counts more of each stretch in which nothing changes. */
  goOn(at: Instant, held: readonly (readonly Part[])[], count: (ms: number) => void): void {
    const moments = new Set<number>([at])
    for (const { start, until, prices } of this.terms.grants)
      for (const moment of [start, until, ...prices.map(({ from }) => from)]) moments.add(moment)
    for (const { intervals } of [...this.terms.takes, ...(this.terms.budgets ?? [])])
      for (const { start, until } of intervals as readonly Span[]) moments.add(start).add(until)
    const between = [...moments].filter((moment) => moment > this.now && moment <= at).sort((a, b) => a - b)
    for (const moment of between) {
      while (this.now < moment) {
        const next = this.#usedUpBefore(moment, held) as Instant
        count(next - this.now)
        this.#countTo(next, held)
        this.now = next
      }
      this.#turn()
    }
  }

  #countTo(until: Instant, held: readonly (readonly Part[])[]): void {
    const ms = BigInt(until - this.now)
    for (const poolId of new Set(this.terms.grants.map((grant) => grant.poolId))) {
      const seats = this.seats(poolId)
      for (const { grant, price } of seats.slice(0, acceleratorsInUse(held, poolId))) {
        this.time.set(grant.id, (this.time.get(grant.id) ?? 0n) + ms)
        const interval = this.terms.takes
          .find(({ id }) => id === grant.takeId)
          ?.intervals.find(({ start, until: end }) => start <= this.now && this.now < end)
        const take = interval && grant.takeId !== undefined ? this.takes.get(grant.takeId) : undefined
        if (take) take.drawn += BigInt(price) * ms
      }
    }
  }

  /** The first moment at which a take is used up, until this one. */
  #usedUpBefore(moment: number, held: readonly (readonly Part[])[]): number {
    let first = moment
    for (const { id, intervals } of this.terms.takes) {
      const interval = intervals.find(({ start, until }) => start <= this.now && this.now < until)
      const take = this.takes.get(id)
      if (!interval || !take || this.isUsedUp(id)) continue
      let price = 0
      for (const poolId of new Set(this.terms.grants.map((grant) => grant.poolId)))
        for (const seat of this.seats(poolId).slice(0, acceleratorsInUse(held, poolId)))
          if (seat.grant.takeId === id) price += seat.price
      const left = BigInt(interval.owedMicros) * 3_600_000n - take.carriedIn - take.drawn
      if (price > 0) first = Math.min(first, this.now + Number((left + BigInt(price) - 1n) / BigInt(price)))
    }
    return first
  }

  /** Whether use that is counted towards a take costs more; what is counted towards none does. */
  isUsedUp(takeId: string | undefined): boolean {
    const take = takeId === undefined ? undefined : this.takes.get(takeId)
    const interval = this.terms.takes
      .find(({ id }) => id === takeId)
      ?.intervals.find(({ start, until }) => start <= this.now && this.now < until)
    if (!take || !interval) return true
    return take.carriedIn + take.drawn >= BigInt(interval.owedMicros) * 3_600_000n
  }

  /** In the order in which use takes them. */
  seats(poolId: string): Seat[] {
    const seats: Seat[] = []
    for (const grant of this.terms.grants) {
      if (grant.poolId !== poolId || this.now < grant.start || this.now >= grant.until) continue
      const price = grant.prices.filter(({ from }) => from <= this.now).at(-1)?.microsPerHour ?? 0
      const order = { listed: 0, committed: 1, spot: 2, onDemand: 3 }[grant.order]
      for (let n = 0; n < grant.accelerators; n++) {
        const paid = order === 0 || n < grant.paidAnyway ? 0 : 1
        seats.push({ grant, price, rank: [order === 0 ? -1 : paid, order, price, grant.id] })
      }
    }
    return seats.sort((a, b) => compare(a.rank, b.rank))
  }

  #turn(): void {
    for (const { id, carries, intervals } of this.terms.takes) {
      const take = this.takes.get(id)
      const ended = intervals.find(({ until }) => until === this.now)
      if (!take || !ended) continue
      const met = take.carriedIn + take.drawn - BigInt(ended.committedMicros) * 3_600_000n
      take.carriedIn = carries && met > 0n ? met : 0n
      take.drawn = 0n
      take.start = intervals.find(({ until }) => until > this.now)?.start ?? take.start
    }
  }
}

/** An accelerator that is shared is in use as a whole. */
export function acceleratorsInUse(held: readonly (readonly Part[])[], poolId: string): number {
  let sum = 0
  const shared = new Set<string>()
  for (const part of held.flat()) {
    if (part.poolId !== poolId) continue
    for (const { first, nodes, each, slot } of part.runs) {
      sum += nodes * each
      if (slot !== undefined) shared.add(`${first}/${slot}`)
    }
  }
  return sum + shared.size
}

function compare(a: Seat['rank'], b: Seat['rank']): number {
  for (const [n, value] of a.entries()) {
    const other = b[n] as number | string
    if (value !== other) return value < other ? -1 : 1
  }
  return 0
}

/** Where the allocator's running totals differ from what was counted. */
export function moneyRules(counted: CountedMoney | undefined, { money, now }: AllocationState): Broken[] {
  if (!counted || !money) {
    const isSame = (counted === undefined) === (money === undefined)
    return isSame ? [] : [{ rule: 'takesAreCounted', subject: 'terms' }]
  }
  money.countUntil(now)
  const broken: Broken[] = []
  for (const [id, time] of counted.time) {
    const found = money.usedOf(id)
    if (found !== time)
      broken.push({ rule: 'takesAreCounted', subject: id, expected: `${time}`, found: `${found}` })
  }
  for (const [id, { drawn, carriedIn, start }] of counted.takes) {
    const meter = money.takes.get(id)
    if (!meter?.interval) continue
    const expected = `${start}: ${drawn} after ${carriedIn}`
    const found = `${meter.interval.start}: ${meter.drawn} after ${meter.carriedIn}`
    if (expected !== found) broken.push({ rule: 'takesAreCounted', subject: id, expected, found })
  }
  return broken
}
