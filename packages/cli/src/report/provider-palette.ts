import type { RunResult } from '@offtake/core/simulation/run-result'
import type { Colour, Series } from './chart.ts'

const COLOURS: readonly Colour[] = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7']
const OTHERS: Colour = 'p8'

/** The providers in the order in which they are shown everywhere: those who are owed most first. */
export type ProviderPalette = readonly string[]

export function providerPalette({ obligations, capacity, portfolio }: RunResult): ProviderPalette {
  const owed = obligations.counted.byProvider.map(({ provider }) => provider)
  const others = [
    ...capacity.map(({ pool }) => pool.provider),
    ...portfolio.agreements.map(({ provider }) => provider),
  ]
  return [...new Set([...owed, ...others.sort()])]
}

/** The values of each provider in its own colour; beyond seven providers the rest are one series. Empty ones are left out. */
export function providerSeries(
  palette: ProviderPalette,
  valuesOf: (provider: string) => readonly number[],
): Series[] {
  const named = palette.slice(0, COLOURS.length).map((provider, n) => ({
    name: provider,
    colour: COLOURS[n] ?? OTHERS,
    values: valuesOf(provider),
  }))
  const rest = palette.slice(COLOURS.length).map(valuesOf)
  const others = {
    name: `${rest.length} other providers`,
    colour: OTHERS,
    values: (rest[0] ?? []).map((_, at) => rest.reduce((sum, values) => sum + (values[at] ?? 0), 0)),
  }
  return [...named, ...(rest.length > 0 ? [others] : [])].filter(({ values }) =>
    values.some((value) => value !== 0),
  )
}
