import { useComputedColorScheme } from '@mantine/core'
import { useMemo } from 'react'

/** The colours of the theme as a canvas needs them. */
export interface Palette {
  readonly ink: string
  readonly quiet: string
  readonly hairline: string
  readonly paper: string
  readonly raised: string
  readonly accent: string
  readonly accentSoft: string
  readonly warn: string
  readonly caution: string
  readonly good: string
  /** For series, in their order. */
  readonly series: readonly string[]
}

const SERIES = ['--c1', '--c2', '--c3', '--c4', '--c5', '--c6', '--c7', '--c8']

export function usePalette(): Palette {
  const scheme = useComputedColorScheme('light')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the variables change with the scheme
  return useMemo(readPalette, [scheme])
}

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const of = (name: string): string => style.getPropertyValue(name).trim()
  return {
    ink: of('--ink'),
    quiet: of('--quiet'),
    hairline: of('--hairline'),
    paper: of('--paper'),
    raised: of('--raised'),
    accent: of('--accent'),
    accentSoft: of('--accent-soft'),
    warn: of('--warn'),
    caution: of('--caution'),
    good: of('--good'),
    series: SERIES.map(of),
  }
}
