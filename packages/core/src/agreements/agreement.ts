import type { Figure } from '../base/figure.ts'
import type { Instant } from '../base/instant.ts'
import type { Money } from '../base/money.ts'
import type { Share } from '../base/quantity.ts'
import type { Span } from '../base/span.ts'

/**
 * What kind of promise an agreement is.
 * capacity: reserved accelerators · spend: a sum to consume · onDemand and spot: pay as used · owned: bought hardware ·
 * backstop: a duty to buy idle capacity · letterOfIntent: not binding.
 */
export type Instrument = 'capacity' | 'spend' | 'onDemand' | 'spot' | 'owned' | 'backstop' | 'letterOfIntent'

/** The stretch within which a commitment must be met: calendar-free, counted from the agreement's start. */
export type Interval = 'month' | 'quarter' | 'year' | 'fullTerm'

/** What the money buys. Power, chips and cloud service are layers of the same accelerators: their sums overlap. */
export type Layer = 'power' | 'hardware' | 'cloud'

export interface Agreement {
  readonly id: string
  readonly title: string
  readonly provider: string
  readonly buyer: string
  readonly instrument: Instrument
  readonly layer: Layer
  readonly binding: boolean
  /** Its accelerators count as usable capacity although it is not binding. */
  readonly plannedOn?: boolean
  readonly status: 'draft' | 'signed'
  readonly signed?: Instant
  readonly term: Term
  readonly currency: string
  readonly commitment?: Commitment
  readonly powerMw?: Figure<number>
  readonly lines: readonly Line[]
  readonly prepayment?: Prepayment
  readonly payment: PaymentTerms
  readonly renewal?: Renewal
  readonly options: readonly Option[]
  readonly priorityRights: readonly PriorityRight[]
  readonly exclusivities: readonly Exclusivity[]
  readonly lateDelivery?: LateDeliveryRemedy
  readonly slaCredits: readonly SlaCredit[]
  readonly resale?: ResaleRight
  readonly equity: readonly EquityLink[]
  /** Other agreements that count (part of) the same accelerators, so that the sums must not be added. */
  readonly overlaps: readonly Overlap[]
  /** The papers that say what it says; none where absent. */
  readonly documents?: readonly AgreementDocument[]
  readonly unknowns: readonly string[]
  readonly notes: readonly string[]
}

export interface Term {
  readonly start: Figure<Instant>
  readonly until: Figure<Instant>
}

/** A sum promised over the whole term. */
export interface Commitment {
  readonly total: Figure<Money>
  readonly interval: Interval
  /** The part of each interval's sum that is owed whether used or not. */
  readonly takeOrPay: Figure<Share>
  /** Shares of the total by interval, in order, adding up to one; even over the intervals where absent. */
  readonly ramp?: Figure<readonly Share[]>
  /** Whether use beyond one interval's commitment counts towards the next. */
  readonly carryForward: boolean
}

/** Hardware, quantity and price within an agreement. */
export interface Line {
  readonly id: string
  readonly hardware: string
  readonly region: string
  /** The scale-out network; capacity is interchangeable only within one. */
  readonly fabric: string
  readonly price: Price
  /** The part of the line that is owed whether used or not; the commitment's own share applies where absent. */
  readonly takeOrPay?: Figure<Share>
  readonly tranches: readonly Tranche[]
  /** How often spot capacity is taken back; never where absent. */
  readonly losses?: SpotLoss
  /** CPU cores that come with the line or are all of it: counted, not listed. */
  readonly cpuCores?: Figure<number>
}

/** How often a node of spot capacity is taken back on average, and how long it is until it is offered again. */
export interface SpotLoss {
  readonly perNodeDay: number
  readonly awayMs: number
}

/** A dated delivery of part of a line. */
export interface Tranche {
  readonly id: string
  readonly accelerators: Figure<number>
  readonly promised: Figure<Instant>
  /** When it was really handed over. */
  readonly delivered?: Instant
  /** When it is now expected, if late. */
  readonly expected?: Figure<Instant>
}

export type Price = (
  | { readonly kind: 'perAcceleratorHour'; readonly amount: Figure<Money> }
  | { readonly kind: 'perMwMonth'; readonly amount: Figure<Money>; readonly megawatts: Figure<number> }
  | { readonly kind: 'fixed'; readonly amount: Figure<Money>; readonly every: Interval }
) & {
  readonly escalator?: Escalator
  readonly index?: PriceIndex
}

/** A yearly change on each anniversary of the agreement's start, compounded. */
export interface Escalator {
  readonly perYear: Figure<Share>
}

/** The price follows a published series of the portfolio (`prices/*.csv`), never below `floor` or above `cap`. */
export interface PriceIndex {
  readonly name: string
  readonly cap?: Figure<Money>
  readonly floor?: Figure<Money>
}

/** Money paid ahead and drawn down by later charges. */
export interface Prepayment {
  readonly amount: Figure<Money>
  readonly due: Instant
}

export interface PaymentTerms {
  readonly netDays: number
  readonly billed: 'inArrears' | 'inAdvance'
}

export interface Renewal {
  readonly kind: 'automatic' | 'byAgreement'
  readonly months: number
  /** How long before the end notice must be given to stop (or to ask for) the renewal. */
  readonly noticeDays: number
}

export interface Option {
  readonly id: string
  readonly kind: 'expand' | 'extend' | 'terminate'
  readonly window: Span
  readonly accelerators?: Figure<number>
  readonly months?: number
  readonly exercised?: Instant
  readonly note?: string
}

/** Another party's right to be offered first. */
export interface PriorityRight {
  readonly holder: string
  readonly subject: string
  readonly window: Span
  readonly source: string
}

export interface Exclusivity {
  readonly party: string
  readonly scope: string
  readonly window: Span
  readonly source: string
}

export interface LateDeliveryRemedy {
  readonly graceDays: number
  /** Credit per started week after grace, as a share of the late tranche's weekly price. */
  readonly creditPerWeek: Figure<Share>
  /** The most that credits may add up to, as a share of the late tranche's price for its whole lateness. */
  readonly creditCap?: Figure<Share>
  /** The buyer may end the agreement after so many late tranches. */
  readonly terminateAfterLateTranches?: number
}

/** Below this availability in a month, so much of the month's charge is credited. */
export interface SlaCredit {
  readonly availabilityBelow: Share
  readonly credit: Share
}

export interface ResaleRight {
  readonly allowed: boolean
  readonly consent: 'none' | 'provider'
  readonly note?: string
}

/** Equity that changes hands beside the agreement: information only, never part of a sum. */
export interface EquityLink {
  readonly holder: string
  readonly what: string
  readonly source: string
}

/** A paper, and by what a copy of it is known: information only. */
export interface AgreementDocument {
  readonly name: string
  readonly dated?: Instant
  readonly sha256?: string
  readonly link?: string
}

export interface Overlap {
  readonly agreement: string
  readonly because: string
}
