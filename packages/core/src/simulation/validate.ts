import type { Instant } from '../base/instant.ts'
import type { Path } from '../base/path.ts'
import { intersection, type Span } from '../base/span.ts'
import type { RevenuePoint } from '../finance/revenue.ts'
import type { Expectation } from './expectation.ts'

/** What contradicts itself in a portfolio's settings; `path` leads to it from the settings. */
export type SettingsProblem = { readonly path: Path } & (
  | { readonly code: 'reversedDates'; readonly start: Instant; readonly until: Instant }
  | { readonly code: 'windowOutsideHorizon'; readonly window: Span; readonly horizon: Span }
  | { readonly code: 'yearTwice'; readonly year: number }
  | { readonly code: 'currencyMix'; readonly found: string; readonly expected: string }
  | { readonly code: 'unknownAgreement'; readonly id: string }
  | { readonly code: 'dividesByNothing' }
)

export interface CheckedSettings {
  readonly currency: string
  readonly horizon: Span
  readonly window: Span
  readonly revenue: readonly RevenuePoint[]
  readonly expectations: readonly Expectation[]
}

/** `agreements` are the ids that an expectation may add up; unknown where absent. */
export function settingsProblems(
  settings: CheckedSettings,
  agreements: ReadonlySet<string> | undefined,
): SettingsProblem[] {
  return [
    ...spanProblems(settings),
    ...revenueProblems(settings),
    ...settings.expectations.flatMap((expectation, at) =>
      expectationProblems(expectation, ['expectations', at], settings.currency, agreements),
    ),
  ]
}

function spanProblems({ horizon, window }: CheckedSettings): SettingsProblem[] {
  const reversed = (span: Span, field: string): SettingsProblem[] =>
    span.start < span.until ? [] : [{ code: 'reversedDates', ...span, path: [field, 'until'] }]
  const problems = [...reversed(horizon, 'horizon'), ...reversed(window, 'window')]
  if (problems.length > 0) return problems
  const inside = intersection(window, horizon)
  const isWithin = inside?.start === window.start && inside.until === window.until
  return isWithin ? [] : [{ code: 'windowOutsideHorizon', window, horizon, path: ['window'] }]
}

function revenueProblems({ revenue, currency }: CheckedSettings): SettingsProblem[] {
  const years = revenue.map(({ year }) => year)
  return revenue.flatMap((point, at): SettingsProblem[] => {
    const found = point.revenue.value.currency
    return [
      ...(years.indexOf(point.year) < at
        ? [{ code: 'yearTwice' as const, year: point.year, path: ['revenue', at, 'year'] }]
        : []),
      ...mixed(found, currency, ['revenue', at, 'revenue']),
    ]
  })
}

function expectationProblems(
  { of, against }: Expectation,
  path: Path,
  currency: string,
  agreements: ReadonlySet<string> | undefined,
): SettingsProblem[] {
  const problems: SettingsProblem[] = []
  if ('sum' in of) problems.push(...mixed(of.sum.value.currency, currency, [...path, 'of', 'sum']))
  else
    for (const [at, id] of of.agreements.entries())
      if (agreements && !agreements.has(id))
        problems.push({ code: 'unknownAgreement', id, path: [...path, 'of', 'agreements', at] })
  if (against) {
    problems.push(...mixed(against.value.currency, currency, [...path, 'against']))
    if (against.value.micros === 0n) problems.push({ code: 'dividesByNothing', path: [...path, 'against'] })
  }
  return problems
}

function mixed(found: string, expected: string, path: Path): SettingsProblem[] {
  return found === expected ? [] : [{ code: 'currencyMix', found, expected, path }]
}
