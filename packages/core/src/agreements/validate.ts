import type { Instant } from '../base/instant.ts'
import type { Money } from '../base/money.ts'
import type { Path } from '../base/path.ts'
import { WHOLE } from '../base/quantity.ts'
import { includes, intervalsOf, overlaps, type Span } from '../base/span.ts'
import type { Agreement, Commitment, Line, Option, Price } from './agreement.ts'
import type { PriceBook } from './price.ts'
import { currentTerm, monthsOfInterval, statedTerm } from './term.ts'

/** What contradicts itself in an agreement, or between it and what it refers to; `path` leads from the agreement to it. */
export type AgreementProblem = { readonly path: Path } & (
  | { readonly code: 'reversedDates'; readonly start: Instant; readonly until: Instant }
  | { readonly code: 'trancheOutsideTerm'; readonly at: Instant; readonly term: Span }
  | { readonly code: 'duplicateId'; readonly what: string; readonly id: string }
  | { readonly code: 'unknownHardware'; readonly hardware: string }
  | { readonly code: 'optionOutsideWindow'; readonly exercised: Instant; readonly window: Span }
  | { readonly code: 'extensionWithoutMonths'; readonly option: string }
  | { readonly code: 'currencyMix'; readonly found: string; readonly expected: string }
  | { readonly code: 'rampNotWhole'; readonly sumPpm: number }
  | { readonly code: 'rampOfOtherLength'; readonly found: number; readonly expected: number }
  | { readonly code: 'floorAboveCap'; readonly floor: Money; readonly cap: Money }
  | { readonly code: 'unknownSeries'; readonly series: string }
  | { readonly code: 'seriesBeginsLate'; readonly series: string; readonly from: Instant }
  | { readonly code: 'indexOfOtherUnit'; readonly series: string }
  | { readonly code: 'pricesTooLarge'; readonly mostMicrosPerHour: bigint }
  | { readonly code: 'lossesWithoutSpot'; readonly instrument: string }
  | { readonly code: 'bindingLetterOfIntent' }
  | { readonly code: 'draftWithSignature'; readonly signed: Instant }
  | { readonly code: 'overlapWithItself' }
  | { readonly code: 'unknownAgreement'; readonly id: string }
  | {
      readonly code: 'overlappingExclusivities'
      readonly scope: string
      readonly parties: readonly [string, string]
      readonly agreement: string
    }
)

/** What an agreement is checked against. */
export interface AgreementSurroundings {
  readonly currency: string
  readonly hardware: ReadonlySet<string>
  readonly prices: PriceBook
}

/** Every problem of one agreement by itself. */
export function agreementProblems(
  agreement: Agreement,
  surroundings: AgreementSurroundings,
): AgreementProblem[] {
  return [
    ...termProblems(agreement),
    ...standingProblems(agreement),
    ...currencyProblems(agreement, surroundings.currency),
    ...(agreement.commitment ? rampProblems(agreement.commitment, statedTerm(agreement)) : []),
    ...duplicates(agreement.lines, ['lines'], 'lines'),
    ...agreement.lines.flatMap((line, at) => lineProblems(agreement, line, at, surroundings)),
    ...duplicates(agreement.options, ['options'], 'options'),
    ...agreement.options.flatMap((option, at) => optionProblems(option, ['options', at])),
    ...agreement.priorityRights.flatMap(({ window }, at) =>
      reversed(window, ['priorityRights', at, 'window']),
    ),
    ...agreement.exclusivities.flatMap(({ window }, at) => reversed(window, ['exclusivities', at, 'window'])),
    ...exclusivityProblems(agreement, agreement),
  ]
}

/** A problem between agreements; `at` is the position in the list of the agreement that it shows in. */
export interface CrossProblem {
  readonly at: number
  readonly problem: AgreementProblem
}

/** Every problem that only shows between agreements. `known` are the ids that may be named, in the list or not; unknown where absent. */
export function crossProblems(
  agreements: readonly Agreement[],
  known: ReadonlySet<string> | undefined,
): CrossProblem[] {
  return agreements.flatMap((agreement, at) => [
    ...agreement.overlaps.flatMap((overlap, position): CrossProblem[] => {
      const path = ['overlaps', position, 'agreement']
      if (overlap.agreement === agreement.id) return [{ at, problem: { code: 'overlapWithItself', path } }]
      if (!known || known.has(overlap.agreement)) return []
      return [{ at, problem: { code: 'unknownAgreement', id: overlap.agreement, path } }]
    }),
    ...agreements
      .slice(0, at)
      .filter((other) => agreement.status === 'signed' && other.status === 'signed')
      .flatMap((other) => exclusivityProblems(agreement, other).map((problem) => ({ at, problem }))),
  ])
}

/** Equal ids within one list. */
function duplicates(
  things: readonly { readonly id: string }[],
  path: Path,
  what: string,
): Extract<AgreementProblem, { code: 'duplicateId' }>[] {
  const seen = new Set<string>()
  return things.flatMap(({ id }, at) => {
    if (!seen.has(id)) {
      seen.add(id)
      return []
    }
    return [{ code: 'duplicateId', what, id, path: [...path, at, 'id'] }]
  })
}

function reversed({ start, until }: Span, path: Path): AgreementProblem[] {
  return start < until ? [] : [{ code: 'reversedDates', start, until, path: [...path, 'until'] }]
}

function termProblems(agreement: Agreement): AgreementProblem[] {
  return reversed(statedTerm(agreement), ['term'])
}

function standingProblems({ instrument, binding, status, signed }: Agreement): AgreementProblem[] {
  const problems: AgreementProblem[] = []
  if (instrument === 'letterOfIntent' && binding)
    problems.push({ code: 'bindingLetterOfIntent', path: ['binding'] })
  if (status === 'draft' && signed !== undefined)
    problems.push({ code: 'draftWithSignature', signed, path: ['signed'] })
  return problems
}

function currencyProblems(agreement: Agreement, expected: string): AgreementProblem[] {
  const mixed = (found: string | undefined, path: Path): AgreementProblem[] =>
    found === undefined || found === expected ? [] : [{ code: 'currencyMix', found, expected, path }]
  return [
    ...mixed(agreement.currency, ['currency']),
    ...mixed(agreement.commitment?.total.value.currency, ['commitment', 'total']),
    ...mixed(agreement.prepayment?.amount.value.currency, ['prepayment', 'amount']),
    ...agreement.lines.flatMap(({ price }, at) => {
      const path = ['lines', at, 'price']
      return [
        ...mixed(price.amount.value.currency, [...path, 'amount']),
        ...mixed(price.index?.cap?.value.currency, [...path, 'index', 'cap']),
        ...mixed(price.index?.floor?.value.currency, [...path, 'index', 'floor']),
      ]
    }),
  ]
}

function rampProblems({ ramp, interval }: Commitment, term: Span): AgreementProblem[] {
  if (!ramp) return []
  const path = ['commitment', 'ramp']
  const sumPpm = ramp.value.reduce((sum, part) => sum + part, 0)
  const months = monthsOfInterval(interval)
  const expected = months === undefined ? 1 : intervalsOf(term, months).length
  const problems: AgreementProblem[] = []
  if (sumPpm !== WHOLE) problems.push({ code: 'rampNotWhole', sumPpm, path })
  if (expected > 0 && ramp.value.length !== expected)
    problems.push({ code: 'rampOfOtherLength', found: ramp.value.length, expected, path })
  return problems
}

function lineProblems(
  agreement: Agreement,
  line: Line,
  at: number,
  { hardware, prices }: AgreementSurroundings,
): AgreementProblem[] {
  const path = ['lines', at]
  const problems: AgreementProblem[] = [
    ...trancheProblems(agreement, line, path),
    ...indexProblems(line.price, currentTerm(agreement), prices, [...path, 'price', 'index']),
    ...duplicates(line.tranches, [...path, 'tranches'], 'tranches'),
  ]
  const { instrument } = agreement
  if (line.losses && instrument !== 'spot')
    problems.push({ code: 'lossesWithoutSpot', instrument, path: [...path, 'losses'] })
  if (!hardware.has(line.hardware))
    problems.push({ code: 'unknownHardware', hardware: line.hardware, path: [...path, 'hardware'] })
  return problems
}

/** A tranche that has been delivered, or is expected, before the term begins is early, which is no contradiction. */
function trancheProblems(agreement: Agreement, line: Line, path: Path): AgreementProblem[] {
  const stated = statedTerm(agreement)
  if (stated.start >= stated.until) return []
  const term = { start: stated.start, until: Math.max(stated.until, currentTerm(agreement).until) as Instant }
  return line.tranches.flatMap((tranche, at): AgreementProblem[] => {
    const outside = (moment: Instant | undefined, isOutside: boolean, field: string): AgreementProblem[] =>
      moment !== undefined && isOutside
        ? [{ code: 'trancheOutsideTerm', at: moment, term, path: [...path, 'tranches', at, field] }]
        : []
    const { promised, expected, delivered } = tranche
    return [
      ...outside(promised.value, !includes(term, promised.value), 'promised'),
      ...outside(expected?.value, expected !== undefined && expected.value >= term.until, 'expected'),
      ...outside(delivered, delivered !== undefined && delivered >= term.until, 'delivered'),
    ]
  })
}

/** A price that follows a series needs a value of it from the first day on. */
function indexProblems(price: Price, term: Span, prices: PriceBook, path: Path): AgreementProblem[] {
  if (!price.index) return []
  const { name: series, cap, floor } = price.index
  const problems: AgreementProblem[] = []
  const comparable = cap && floor && cap.value.currency === floor.value.currency
  if (comparable && floor.value.micros > cap.value.micros)
    problems.push({ code: 'floorAboveCap', floor: floor.value, cap: cap.value, path: [...path, 'floor'] })
  if (price.kind !== 'perAcceleratorHour')
    return [...problems, { code: 'indexOfOtherUnit', series, path: [...path, 'name'] }]
  const starts = prices.points.filter((point) => point.series === series).map(({ from }) => from)
  const first = starts.reduce<Instant | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined)
  if (first === undefined) problems.push({ code: 'unknownSeries', series, path: [...path, 'name'] })
  else if (first > term.start)
    problems.push({ code: 'seriesBeginsLate', series, from: first, path: [...path, 'name'] })
  return problems
}

function optionProblems(option: Option, path: Path): AgreementProblem[] {
  const { window, exercised } = option
  const problems = reversed(window, [...path, 'window'])
  if (exercised === undefined || problems.length > 0) return problems
  if (!includes(window, exercised))
    problems.push({ code: 'optionOutsideWindow', exercised, window, path: [...path, 'exercised'] })
  if (option.kind === 'extend' && option.months === undefined)
    problems.push({ code: 'extensionWithoutMonths', option: option.id, path })
  return problems
}

/**
 * Two exclusivities over the same scope whose windows meet. Within one agreement that is a contradiction whoever holds them;
 * between two agreements only where different parties do, since a second agreement may repeat what the first one granted.
 */
function exclusivityProblems(agreement: Agreement, other: Agreement): AgreementProblem[] {
  return agreement.exclusivities.flatMap((mine, at) =>
    other.exclusivities.flatMap((theirs, position): AgreementProblem[] => {
      const isSameAgreement = agreement === other
      if (isSameAgreement && position >= at) return []
      if (!isSameAgreement && plain(mine.party) === plain(theirs.party)) return []
      if (plain(mine.scope) !== plain(theirs.scope) || !overlaps(mine.window, theirs.window)) return []
      return [
        {
          code: 'overlappingExclusivities',
          scope: mine.scope,
          parties: [mine.party, theirs.party],
          agreement: other.id,
          path: ['exclusivities', at],
        },
      ]
    }),
  )
}

function plain(text: string): string {
  return text.trim().toLowerCase()
}
