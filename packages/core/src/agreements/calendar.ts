import { DAY_MS, type Instant, later } from '../base/instant.ts'
import type { Money } from '../base/money.ts'
import type { Agreement, LateDeliveryRemedy, Option, Renewal, Tranche } from './agreement.ts'
import { standingIntervals } from './minimum.ts'
import type { Quote } from './quote.ts'
import { currentTerm } from './term.ts'

/** Something that happens or is due at a date under an agreement. */
export type CalendarEntry = CalendarEvent & {
  readonly at: Instant
  readonly agreementId: string
  readonly provider: string
}

export type CalendarEvent =
  | { readonly kind: 'signature' }
  | { readonly kind: 'termStarts' }
  | { readonly kind: 'termEnds' }
  | (TrancheEvent & { readonly kind: 'deliveryPromised'; readonly isDelivered: boolean })
  | (TrancheEvent & { readonly kind: 'deliveryExpected'; readonly lateMs: number })
  | (TrancheEvent & { readonly kind: 'delivered'; readonly lateMs: number })
  /** The grace after a promised delivery is over: credits for lateness begin. */
  | (TrancheEvent & { readonly kind: 'lateCreditsBegin' })
  /** So many tranches have come too late, or will, that the buyer may end the agreement. */
  | { readonly kind: 'mayTerminate'; readonly lateTranches: number }
  /** The last day for notice that stops an automatic renewal, or that asks for one. */
  | { readonly kind: 'renewalNotice'; readonly renewal: Renewal }
  | { readonly kind: 'renewal'; readonly renewal: Renewal }
  | { readonly kind: 'optionOpens'; readonly option: Option }
  | { readonly kind: 'optionCloses'; readonly option: Option }
  | { readonly kind: 'optionExercised'; readonly option: Option }
  | { readonly kind: 'priorityRightStarts'; readonly holder: string; readonly subject: string }
  | { readonly kind: 'priorityRightEnds'; readonly holder: string; readonly subject: string }
  | { readonly kind: 'exclusivityStarts'; readonly party: string; readonly scope: string }
  | { readonly kind: 'exclusivityEnds'; readonly party: string; readonly scope: string }
  | { readonly kind: 'prepaymentDue'; readonly amount: Money }
  /** The provider no longer holds to a quote. */
  | { readonly kind: 'quoteLapses'; readonly title: string }
  /** The commitment of an interval must be met by now; what is missing is trued up. */
  | {
      readonly kind: 'intervalEnds'
      readonly interval: number
      readonly committed: Money
      readonly owed: Money
    }

interface TrancheEvent {
  readonly lineId: string
  readonly trancheId: string
  readonly hardware: string
  readonly accelerators: number
}

/** What is due when under all agreements and quotes, in order of time; at the same moment in their own order. */
export function calendarOf(agreements: readonly Agreement[], quotes: readonly Quote[] = []): CalendarEntry[] {
  const entries = agreements.flatMap((agreement) =>
    [
      ...ofTerm(agreement),
      ...ofDeliveries(agreement),
      ...ofLateness(agreement),
      ...ofRights(agreement),
      ...ofOptions(agreement),
      ...ofMoney(agreement),
    ]
      .filter(({ at }) => !isTerminated(agreement) || at <= currentTerm(agreement).until)
      .map((dated) => entryOf(dated, agreement)),
  )
  const lapses = quotes.map(({ agreement, validUntil }) =>
    entryOf({ kind: 'quoteLapses', at: validUntil, title: agreement.title }, agreement),
  )
  return [...entries, ...lapses].sort((a, b) => a.at - b.at)
}

function entryOf(dated: Dated, { id, provider }: Agreement): CalendarEntry {
  return { ...dated, agreementId: id, provider }
}

type Dated = CalendarEvent & { readonly at: Instant }

function ofTerm(agreement: Agreement): Dated[] {
  const { start, until } = currentTerm(agreement)
  const dated: Dated[] = [
    { kind: 'termStarts', at: start },
    { kind: 'termEnds', at: until },
  ]
  if (agreement.signed !== undefined) dated.push({ kind: 'signature', at: agreement.signed })
  const { renewal } = agreement
  if (renewal && !isTerminated(agreement)) {
    dated.push({ kind: 'renewalNotice', at: later(until, -renewal.noticeDays * DAY_MS), renewal })
    dated.push({ kind: 'renewal', at: until, renewal })
  }
  return dated
}

/** Then nothing is due after its end. */
function isTerminated({ options }: Agreement): boolean {
  return options.some(({ kind, exercised }) => kind === 'terminate' && exercised !== undefined)
}

function ofDeliveries(agreement: Agreement): Dated[] {
  return agreement.lines.flatMap((line) =>
    line.tranches.flatMap((tranche) => {
      const about = {
        lineId: line.id,
        trancheId: tranche.id,
        hardware: line.hardware,
        accelerators: tranche.accelerators.value,
      }
      return deliveriesOf(agreement, tranche, about)
    }),
  )
}

function deliveriesOf({ lateDelivery }: Agreement, tranche: Tranche, about: TrancheEvent): Dated[] {
  const { delivered, expected } = tranche
  const promised = tranche.promised.value
  const isDelivered = delivered !== undefined
  const dated: Dated[] = [{ kind: 'deliveryPromised', at: promised, isDelivered, ...about }]
  const handedOver = delivered ?? expected?.value ?? promised
  const lateMs = handedOver - promised
  if (isDelivered) dated.push({ kind: 'delivered', at: handedOver, lateMs, ...about })
  else if (expected) dated.push({ kind: 'deliveryExpected', at: handedOver, lateMs, ...about })
  const graceEnds = lateDelivery && graceMissed(lateDelivery, tranche)
  if (graceEnds !== undefined) dated.push({ kind: 'lateCreditsBegin', at: graceEnds, ...about })
  return dated
}

/** When the grace of a tranche that comes later than that is over; nothing where it comes in time, as far as is known. */
function graceMissed({ graceDays }: LateDeliveryRemedy, tranche: Tranche): Instant | undefined {
  const promised = tranche.promised.value
  const graceEnds = later(promised, graceDays * DAY_MS)
  const handedOver = tranche.delivered ?? tranche.expected?.value ?? promised
  return handedOver > graceEnds ? graceEnds : undefined
}

function ofLateness({ lateDelivery, lines }: Agreement): Dated[] {
  const limit = lateDelivery?.terminateAfterLateTranches
  if (!lateDelivery || limit === undefined) return []
  const missed = lines
    .flatMap(({ tranches }) => tranches.map((tranche) => graceMissed(lateDelivery, tranche)))
    .filter((at) => at !== undefined)
    .sort((a, b) => a - b)
  const at = missed[limit - 1]
  return at === undefined ? [] : [{ kind: 'mayTerminate', at, lateTranches: limit }]
}

function ofRights(agreement: Agreement): Dated[] {
  return [
    ...agreement.priorityRights.flatMap(({ holder, subject, window }): Dated[] => [
      { kind: 'priorityRightStarts', at: window.start, holder, subject },
      { kind: 'priorityRightEnds', at: window.until, holder, subject },
    ]),
    ...agreement.exclusivities.flatMap(({ party, scope, window }): Dated[] => [
      { kind: 'exclusivityStarts', at: window.start, party, scope },
      { kind: 'exclusivityEnds', at: window.until, party, scope },
    ]),
  ]
}

function ofOptions(agreement: Agreement): Dated[] {
  return agreement.options.flatMap((option): Dated[] => [
    { kind: 'optionOpens', at: option.window.start, option },
    { kind: 'optionCloses', at: option.window.until, option },
    ...(option.exercised === undefined
      ? []
      : [{ kind: 'optionExercised' as const, at: option.exercised, option }]),
  ])
}

/** Money that is owed in any case: none where nobody is bound, or where it takes capacity that stays idle. */
function ofMoney(agreement: Agreement): Dated[] {
  const { prepayment, binding, instrument } = agreement
  if (!binding || instrument === 'backstop') return []
  const prepaid: Dated[] = prepayment
    ? [{ kind: 'prepaymentDue', at: prepayment.due, amount: prepayment.amount.value }]
    : []
  const intervals = standingIntervals(agreement).map(
    ({ until, committed, owed }, i): Dated => ({
      kind: 'intervalEnds',
      at: until,
      interval: i + 1,
      committed,
      owed,
    }),
  )
  return [...prepaid, ...intervals]
}
