import type { Agreement } from '../agreements/agreement.ts'
import type { PriceBook } from '../agreements/price.ts'
import type { Quote } from '../agreements/quote.ts'
import type { EgressPrice } from '../allocation/money/terms.ts'
import type { Provenance } from '../base/figure.ts'
import type { Hardware } from '../base/hardware.ts'
import type { Instant } from '../base/instant.ts'
import type { Span } from '../base/span.ts'
import type { Fleet } from '../capacity/fleet.ts'
import type { Booking } from '../demand/booking.ts'
import type { Service } from '../demand/service.ts'
import type { OrderRules, Tenant } from '../demand/tenant.ts'
import type { Workload } from '../demand/workload.ts'
import type { RevenuePoint } from '../finance/revenue.ts'
import type { Expectation } from './expectation.ts'

/** All that a run starts from, checked and resolved from the portfolio's files. */
export interface Portfolio {
  readonly name: string
  readonly currency: string
  /** The stretch that obligations, charges and cash are worked out for. */
  readonly horizon: Span
  /** The stretch that is played gang by gang. */
  readonly window: Span
  /** The date from which obligations are counted. */
  readonly asOf: Instant
  readonly seed: number
  readonly tenants: readonly Tenant[]
  /** How long a borrower keeps what its owner asks back. */
  readonly reclaimNoticeMs: number
  /** How turns are taken beside what tenants own. */
  readonly order?: OrderRules
  readonly agreements: readonly Agreement[]
  readonly quotes: readonly Quote[]
  readonly workloads: readonly Workload[]
  /** What is booked for times to come. */
  readonly windows?: readonly Booking[]
  readonly services: readonly Service[]
  readonly hardware: readonly Hardware[]
  readonly fleet: Fleet
  readonly prices: PriceBook
  /** What providers ask for data that leave them. */
  readonly egress?: readonly EgressPrice[]
  readonly revenue: readonly RevenuePoint[]
  /** Public or internal arithmetic that the run must reproduce. */
  readonly expectations: readonly Expectation[]
  /** Every number of the files that says where it comes from. */
  readonly figures: readonly RegisteredFigure[]
}

/** A number of a portfolio's file with its provenance. */
export interface RegisteredFigure {
  readonly file: string
  /** Its place in the file, such as `lines[0].price.amount`. */
  readonly field: string
  /** Its value as the file has it. */
  readonly written: string
  readonly provenance: Provenance
}
