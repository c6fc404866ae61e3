import type { Agreement } from '../agreements/agreement.ts'
import type { PriceBook } from '../agreements/price.ts'
import { NO_SLIPS, type Slips } from '../agreements/resolve.ts'
import { type Standing, standingsOf } from '../agreements/standing.ts'
import { terminationRight } from '../agreements/termination-right.ts'
import { groupBy } from '../base/group.ts'
import { addMonths, type Instant } from '../base/instant.ts'
import { type Money, total } from '../base/money.ts'
import type { Share } from '../base/quantity.ts'
import { failed, ok, type Result } from '../base/result.ts'
import type { Span } from '../base/span.ts'
import type { UnknownPrice } from '../usage/supply.ts'
import { obligationsFrom } from './obligations.ts'
import { cutAt, type Owed, owedFrom } from './owed.ts'
import { ratioOf } from './ratio.ts'

/** What is owed from a date on, by how far away it is: the form in which companies disclose it. */
export interface Maturities {
  readonly total: Money
  readonly under1y: Money
  readonly from1to3y: Money
  readonly from3to5y: Money
  readonly over5y: Money
}

export interface AgreementObligations extends Maturities {
  readonly agreementId: string
  readonly provider: string
  readonly standing: Standing
  /** False where neither a sum nor a priced line says what would be owed. */
  readonly isQuantified: boolean
  /** Where so many tranches are late that the buyer may end it: when, and what is owed from then on unless it does. */
  readonly mayEnd?: Span & { readonly owed: Money }
}

/** The obligations of agreements that stand alike. */
export interface ObligationSection extends Maturities {
  readonly byProvider: readonly (Maturities & { readonly provider: string })[]
  readonly byAgreement: readonly AgreementObligations[]
  /** By calendar year, from the first to the last in which something is owed. */
  readonly byYear: readonly { readonly year: number; readonly amount: Money }[]
  /** How much of the total rests on assumed figures: in its amount, and in its amount or its dates. */
  readonly assumedAmount: Share
  readonly assumedAmountOrTiming: Share
  readonly pieces: readonly Owed[]
}

/** Only `counted` is a sum that may be read as what is owed; the other sections stand beside it and are never added to it. */
export interface ObligationSummary {
  readonly asOf: Instant
  readonly currency: string
  readonly counted: ObligationSection
  readonly overlapping: ObligationSection
  readonly notBinding: ObligationSection
  readonly contingent: ObligationSection
  readonly draft: ObligationSection
}

export interface ObligationQuestion {
  readonly agreements: readonly Agreement[]
  readonly prices: PriceBook
  readonly asOf: Instant
  readonly currency: string
  readonly slips?: Slips
}

export function summariseObligations(question: ObligationQuestion): Result<ObligationSummary, UnknownPrice> {
  const { agreements, prices, asOf, currency, slips = NO_SLIPS } = question
  const standings = standingsOf(agreements)
  const problems: UnknownPrice[] = []
  const owed = agreements.map((agreement): AgreementOwed => {
    const found = obligationsFrom(asOf, agreement, prices, slips)
    if (!found.ok) problems.push(...found.problems)
    return {
      agreement,
      standing: standings.get(agreement.id) ?? { kind: 'draft' },
      pieces: found.ok ? cutAt(found.value, maturityEdges(asOf)) : [],
      mayEnd: terminationRight(agreement, slips)?.span,
    }
  })
  if (problems.length > 0) return failed(...problems)
  const section = (kind: Standing['kind']): ObligationSection =>
    sectionOf(
      owed.filter(({ standing }) => standing.kind === kind),
      asOf,
      currency,
    )
  return ok({
    asOf,
    currency,
    counted: section('counted'),
    overlapping: section('overlapping'),
    notBinding: section('notBinding'),
    contingent: section('contingent'),
    draft: section('draft'),
  })
}

interface AgreementOwed {
  readonly agreement: Agreement
  readonly standing: Standing
  readonly pieces: readonly Owed[]
  readonly mayEnd: Span | undefined
}

function sectionOf(owed: readonly AgreementOwed[], asOf: Instant, currency: string): ObligationSection {
  const pieces = owed.flatMap((one) => one.pieces).sort((a, b) => a.start - b.start)
  const maturities = maturitiesOf(pieces, asOf, currency)
  const assumedShare = (isAssumed: (piece: Owed) => boolean): Share =>
    ratioOf(sumOf(pieces.filter(isAssumed), currency).micros, maturities.total.micros)
  return {
    ...maturities,
    byProvider: [...groupBy(pieces, ({ provider }) => provider)]
      .map(([provider, part]) => ({ provider, ...maturitiesOf(part, asOf, currency) }))
      .sort((a, b) => largestFirst(a, b) || (a.provider < b.provider ? -1 : 1)),
    byAgreement: owed
      .map(({ agreement, standing, pieces: part, mayEnd }) => ({
        agreementId: agreement.id,
        provider: agreement.provider,
        standing,
        isQuantified: agreement.commitment !== undefined || agreement.lines.length > 0,
        ...maturitiesOf(part, asOf, currency),
        ...(mayEnd &&
          mayEnd.until > asOf && {
            mayEnd: { ...mayEnd, owed: sumOf(owedFrom(part, mayEnd.start), currency) },
          }),
      }))
      .sort((a, b) => largestFirst(a, b) || (a.agreementId < b.agreementId ? -1 : 1)),
    byYear: byYear(pieces, currency),
    assumedAmount: assumedShare((piece) => piece.amountAssumed),
    assumedAmountOrTiming: assumedShare((piece) => piece.amountAssumed || piece.timingAssumed),
    pieces,
  }
}

/** How far away from the as-of date a moment is. */
export function maturityAt(at: Instant, asOf: Instant): Exclude<keyof Maturities, 'total'> {
  const [one = asOf, three = asOf, five = asOf] = maturityEdges(asOf)
  if (at < one) return 'under1y'
  if (at < three) return 'from1to3y'
  return at < five ? 'from3to5y' : 'over5y'
}

const YEAR_EDGES = [1, 3, 5] as const

function maturityEdges(asOf: Instant): Instant[] {
  return YEAR_EDGES.map((years) => addMonths(asOf, 12 * years))
}

/** Of pieces that no edge cuts. */
function maturitiesOf(pieces: readonly Owed[], asOf: Instant, currency: string): Maturities {
  const groups = groupBy(pieces, ({ start }) => maturityAt(start, asOf))
  return {
    total: sumOf(pieces, currency),
    under1y: sumOf(groups.get('under1y') ?? [], currency),
    from1to3y: sumOf(groups.get('from1to3y') ?? [], currency),
    from3to5y: sumOf(groups.get('from3to5y') ?? [], currency),
    over5y: sumOf(groups.get('over5y') ?? [], currency),
  }
}

function byYear(pieces: readonly Owed[], currency: string): { year: number; amount: Money }[] {
  const years = groupBy(pieces, ({ start }) => new Date(start).getUTCFullYear())
  if (years.size === 0) return []
  const first = Math.min(...years.keys())
  const last = Math.max(...years.keys())
  return Array.from({ length: last - first + 1 }, (_, i) => ({
    year: first + i,
    amount: sumOf(years.get(first + i) ?? [], currency),
  }))
}

function sumOf(pieces: readonly Owed[], currency: string): Money {
  return total(
    pieces.map(({ amount }) => amount),
    currency,
  )
}

function largestFirst(a: Maturities, b: Maturities): number {
  return Number(b.total.micros - a.total.micros)
}
