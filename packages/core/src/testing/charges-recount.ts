/**
 * Charges counted again, hour by hour and seat by seat, for one pool and agreements of one line each. Everything happens at
 * whole hours; prices are whole cents per accelerator-hour. Shares no code with what it checks: months are text, money is
 * whole ten-thousandths of a cent, and the order of seats is a sort of all of them.
 */
export interface DrawnAgreement {
  readonly id: string
  readonly instrument: 'capacity' | 'spend' | 'spot' | 'onDemand' | 'owned'
  /** Hours since 1970. */
  readonly start: number
  readonly until: number
  readonly centsPerHour: number
  /** Added to the price on each anniversary, compounded: in percent. */
  readonly escalatorPercent: number
  readonly tranches: readonly { readonly arrives: number; readonly accelerators: number }[]
  /** The line's own take-or-pay share, in percent. */
  readonly linePercent?: number
  readonly commitment?: {
    readonly cents: number
    readonly months: number | undefined
    readonly percent: number
    readonly carryForward: boolean
  }
}

export interface DrawnCase {
  readonly agreements: readonly DrawnAgreement[]
  readonly window: readonly [number, number]
  readonly horizon: readonly [number, number]
  /** Accelerators that the pool's gangs would like in an hour within the window. */
  readonly wanted: (hour: number) => number
}

const HOUR = 3_600_000
/** One cent is so many units: an escalated price of the second year is still whole. */
const UNITS_PER_CENT = 10_000

export class ChargesRecount {
  /** Cents by `agreement kind label`, zero ones left out. */
  readonly cents = new Map<string, number>()
  readonly #case: DrawnCase
  readonly #uses = new Map<string, number>()
  readonly #wholes = new Map<string, number>()
  #part = 0
  #whole = 0

  constructor(drawn: DrawnCase) {
    this.#case = drawn
    for (let hour = drawn.window[0]; hour < drawn.window[1]; hour++) {
      this.#part += this.usedInWindow(hour)
      this.#whole += this.#present(hour)
    }
    const first = Math.min(...drawn.agreements.map(({ start }) => start))
    const last = Math.max(...drawn.agreements.map(({ until }) => until))
    for (let hour = first; hour < last; hour++) this.#countHour(hour)
    for (const agreement of drawn.agreements) this.#bill(agreement)
  }

  /** What a moment of an agreement is invoiced under. */
  label(agreement: DrawnAgreement, hour: number): string {
    const { window, horizon } = this.#case
    const side = ([from, to]: readonly [number, number]) => (hour < from ? '<' : hour < to ? '=' : '>')
    return `${this.settlementLabel(agreement, hour)} ${side(window)}${side(horizon)}`
  }

  settlementLabel(agreement: DrawnAgreement, hour: number): string {
    return `${textOf(hour).slice(0, 7)} ${intervalOf(agreement, hour)}`
  }

  #present(hour: number): number {
    let present = 0
    for (const agreement of this.#case.agreements) present += there(agreement, hour)
    return present
  }

  usedInWindow(hour: number): number {
    return Math.min(this.#present(hour), this.#case.wanted(hour))
  }

  #usedAt(hour: number): number {
    const { window } = this.#case
    if (window[0] <= hour && hour < window[1]) return this.usedInWindow(hour)
    const present = this.#present(hour)
    return this.#whole === 0
      ? present
      : Math.floor((2 * present * this.#part + this.#whole) / (2 * this.#whole))
  }

  #countHour(hour: number): void {
    const seats: { agreement: DrawnAgreement; rank: string }[] = []
    for (const agreement of this.#case.agreements) {
      const paid = paidPercent(agreement)
      for (const tranche of agreement.tranches) {
        if (!isThere(agreement, tranche.arrives, hour)) continue
        const paidHere = Math.ceil((tranche.accelerators * paid) / 100)
        for (let n = 0; n < tranche.accelerators; n++) {
          const order = { spot: 'b', onDemand: 'c' }[agreement.instrument as string] ?? 'a'
          const price = String(unitsPerHour(agreement, hour)).padStart(12, '0')
          seats.push({ agreement, rank: `${n < paidHere ? 0 : 1}${order}${price}${agreement.id}` })
        }
      }
    }
    seats.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))
    const used = this.#usedAt(hour)
    for (const [n, { agreement }] of seats.entries()) {
      const key = `${agreement.id} ${this.label(agreement, hour)}`
      const units = unitsPerHour(agreement, hour)
      this.#wholes.set(key, (this.#wholes.get(key) ?? 0) + units)
      this.#uses.set(key, (this.#uses.get(key) ?? 0) + (n < used ? units : 0))
    }
  }

  #bill(agreement: DrawnAgreement): void {
    const { id, instrument, commitment, linePercent } = agreement
    const kind = instrument === 'spot' || instrument === 'onDemand' ? instrument : 'use'
    const bySettlement = new Map<string, { charged: number; whole: number }>()
    for (const [key, whole] of this.#wholes) {
      const [owner, month, interval, sides] = key.split(' ')
      if (owner !== id) continue
      const charged = toCents(this.#uses.get(key) ?? 0)
      this.#put(`${id} ${kind} ${month} ${interval} ${sides}`, charged)
      const settlement = bySettlement.get(`${month} ${interval}`) ?? { charged: 0, whole: 0 }
      bySettlement.set(`${month} ${interval}`, {
        charged: settlement.charged + charged,
        whole: settlement.whole + whole,
      })
    }
    const consumed = new Map<string, number>()
    for (const [label, { charged, whole }] of bySettlement) {
      const isOwed = commitment === undefined || linePercent !== undefined
      const owed = isOwed ? toCents((whole * owedPercent(agreement)) / 100) : 0
      const unused = Math.max(0, owed - charged)
      this.#put(`${id} unused ${label}`, unused)
      const interval = label.split(' ')[1] ?? ''
      consumed.set(interval, (consumed.get(interval) ?? 0) + charged + unused)
    }
    if (commitment) this.#trueUp(agreement, consumed)
  }

  /** Every interval gets the same sum, except a last one that is cut short, which gets less by its length. */
  #trueUp(agreement: DrawnAgreement, consumed: ReadonlyMap<string, number>): void {
    const { commitment, start, until, id } = agreement
    if (!commitment) return
    const hours = new Map<string, number>()
    const whole = new Map<string, number>()
    for (let hour = start; hour < until; hour++) {
      const interval = intervalOf(agreement, hour)
      hours.set(interval, (hours.get(interval) ?? 0) + 1)
      if (!whole.has(interval)) whole.set(interval, lengthOf(agreement, hour))
    }
    const parts = [...hours].map(([interval, count]) => count / (whole.get(interval) ?? count))
    const sum = parts.reduce((a, b) => a + b, 0)
    let carried = 0
    for (const [n, interval] of [...hours.keys()].entries()) {
      const committed = (commitment.cents * (parts[n] ?? 0)) / sum
      const met = (consumed.get(interval) ?? 0) + carried
      this.#put(`${id} trueUp ${interval}`, Math.max(0, (committed * commitment.percent) / 100 - met))
      carried = commitment.carryForward ? Math.max(0, met - committed) : 0
    }
  }

  #put(key: string, cents: number): void {
    if (cents > 0) this.cents.set(key, cents)
  }
}

function there(agreement: DrawnAgreement, hour: number): number {
  let count = 0
  for (const { arrives, accelerators } of agreement.tranches)
    if (isThere(agreement, arrives, hour)) count += accelerators
  return count
}

function isThere({ start, until }: DrawnAgreement, arrives: number, hour: number): boolean {
  return start <= hour && arrives <= hour && hour < until
}

function unitsPerHour({ centsPerHour, escalatorPercent, start }: DrawnAgreement, hour: number): number {
  const [from, now] = [textOf(start), textOf(hour)]
  let units = centsPerHour * UNITS_PER_CENT
  for (let year = Number(from.slice(0, 4)) + 1; year <= Number(now.slice(0, 4)); year++) {
    if (`${year}${from.slice(4)}` <= now) units = (units * (100 + escalatorPercent)) / 100
  }
  return units
}

const texts = new Map<number, string>()

/** The hour as an ISO text; texts are kept, for the same hours come again and again. */
function textOf(hour: number): string {
  const known = texts.get(hour)
  if (known !== undefined) return known
  const text = new Date(hour * HOUR).toISOString()
  texts.set(hour, text)
  return text
}

/** In percent: what the line owes by itself. */
function owedPercent({ instrument, linePercent, commitment }: DrawnAgreement): number {
  return linePercent ?? commitment?.percent ?? (instrument === 'capacity' || instrument === 'owned' ? 100 : 0)
}

function paidPercent(agreement: DrawnAgreement): number {
  return agreement.instrument === 'owned' ? 100 : owedPercent(agreement)
}

/** The interval's number, counted in months from the start, which is never after the 28th. */
function intervalOf({ start, commitment }: DrawnAgreement, hour: number): string {
  if (commitment?.months === undefined) return '0'
  const [from, now] = [textOf(start), textOf(hour)]
  const monthsOf = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
  const months = monthsOf(now) - monthsOf(from) - (now.slice(8) < from.slice(8) ? 1 : 0)
  return String(Math.floor(months / commitment.months))
}

/** The hours of the whole interval, as if the term did not end in it. */
function lengthOf(agreement: DrawnAgreement, hour: number): number {
  if (agreement.commitment?.months === undefined) return agreement.until - agreement.start
  const interval = intervalOf(agreement, hour)
  let first = hour
  while (intervalOf(agreement, first - 1) === interval) first--
  let next = hour + 1
  while (intervalOf(agreement, next) === interval) next++
  return next - first
}

/** Half to even. */
function toCents(units: number): number {
  const cents = Math.floor(units / UNITS_PER_CENT)
  const rest = units - cents * UNITS_PER_CENT
  const isUp = rest * 2 > UNITS_PER_CENT || (rest * 2 === UNITS_PER_CENT && cents % 2 === 1)
  return isUp ? cents + 1 : cents
}
