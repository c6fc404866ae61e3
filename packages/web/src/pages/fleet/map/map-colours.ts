import { useComputedColorScheme } from '@mantine/core'
import { useMemo } from 'react'
import type { MapColours } from './colours.ts'

/** The variables of the theme by which each kind of domain is drawn. */
export const KIND_VARIABLES = {
  gone: '--paper',
  free: '--hairline',
  out: '--warn',
  own: '--accent',
  borrowed: '--c2',
  askedBack: '--warn',
  works: '--accent-soft',
  draining: '--c2',
  failed: '--warn',
  full: '--accent-soft',
  whole: '--good',
  partly: '--c2',
  tenant0: '--c1',
  tenant1: '--c3',
  tenant2: '--c5',
  tenant3: '--c2',
  tenant4: '--c6',
  tenant5: '--c7',
  tenant6: '--c4',
  tenant7: '--c8',
} as const satisfies Record<keyof MapColours['kinds'], string>

/** The colours of the theme as the map draws with them. */
export function useMapColours(): MapColours {
  const scheme = useComputedColorScheme('light')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the variables change with the scheme
  return useMemo(readColours, [scheme])
}

function readColours(): MapColours {
  const style = getComputedStyle(document.documentElement)
  const of = (name: string): string => style.getPropertyValue(name).trim()
  return {
    paper: of('--paper'),
    ink: of('--ink'),
    quiet: of('--quiet'),
    hairline: of('--hairline'),
    accent: of('--accent'),
    kinds: Object.fromEntries(
      Object.entries(KIND_VARIABLES).map(([kind, variable]) => [kind, of(variable)]),
    ) as MapColours['kinds'],
  }
}
