import { DAY_MS, type Instant, later } from '../base/instant.ts'
import type { Money } from '../base/money.ts'
import type { Agreement, Line, Option, Renewal, ResaleRight, Tranche } from './agreement.ts'
import { standingIntervals } from './minimum.ts'
import type { Quote } from './quote.ts'
import { resaleSpan } from './resale-span.ts'
import { deliveryOf, NO_SLIPS, type Slips } from './resolve.ts'
import { currentTerm, isTerminated } from './term.ts'
import { graceMissed, terminationRight } from './termination-right.ts'

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
  /** So many tranches have come too late, or will, that the buyer may end the agreement from now on. */
  | { readonly kind: 'mayTerminate'; readonly lateTranches: number; readonly until: Instant }
  /** Unused capacity may be sold on from now on. */
  | { readonly kind: 'mayResell'; readonly consent: ResaleRight['consent']; readonly until: Instant }
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
export function calendarOf(
  agreements: readonly Agreement[],
  quotes: readonly Quote[] = [],
  slips: Slips = NO_SLIPS,
): CalendarEntry[] {
  const entries = agreements.flatMap((agreement) =>
    [
      ...ofTerm(agreement),
      ...ofDeliveries(agreement, slips),
      ...ofBuyerRights(agreement, slips),
      ...ofRightsOfOthers(agreement),
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

function ofDeliveries(agreement: Agreement, slips: Slips): Dated[] {
  return agreement.lines.flatMap((line) =>
    line.tranches.flatMap((tranche) => deliveriesOf(agreement, line, tranche, slips)),
  )
}

function deliveriesOf(agreement: Agreement, line: Line, tranche: Tranche, slips: Slips): Dated[] {
  const about = {
    lineId: line.id,
    trancheId: tranche.id,
    hardware: line.hardware,
    accelerators: tranche.accelerators.value,
  }
  const promised = tranche.promised.value
  const isDelivered = tranche.delivered !== undefined
  const dated: Dated[] = [{ kind: 'deliveryPromised', at: promised, isDelivered, ...about }]
  const at = deliveryOf(agreement, line, tranche, slips).start
  const lateMs = at - promised
  if (isDelivered) dated.push({ kind: 'delivered', at, lateMs, ...about })
  else if (tranche.expected || lateMs > 0) dated.push({ kind: 'deliveryExpected', at, lateMs, ...about })
  const graceEnds = givesLateCredits(agreement) ? graceMissed(agreement, line, tranche, slips) : undefined
  if (graceEnds !== undefined) dated.push({ kind: 'lateCreditsBegin', at: graceEnds, ...about })
  return dated
}

/** A remedy may be the right to leave alone. */
function givesLateCredits({ lateDelivery }: Agreement): boolean {
  return lateDelivery !== undefined && lateDelivery.creditPerWeek.value > 0
}

function ofBuyerRights(agreement: Agreement, slips: Slips): Dated[] {
  const dated: Dated[] = []
  const leaving = terminationRight(agreement, slips)
  if (leaving?.span) {
    const { start: at, until } = leaving.span
    dated.push({ kind: 'mayTerminate', at, until, lateTranches: leaving.afterLateTranches })
  }
  const selling = resaleSpan(agreement, slips)
  if (selling && agreement.resale) {
    const { start: at, until } = selling
    dated.push({ kind: 'mayResell', at, until, consent: agreement.resale.consent })
  }
  return dated
}

function ofRightsOfOthers(agreement: Agreement): Dated[] {
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
