import type { Theme } from './theme.ts'

/** How a line looks in every chart, whatever runs along its axis. */
export function lineLook(
  { colour, dashed }: { readonly colour: Parameters<Theme['colour']>[0]; readonly dashed?: boolean },
  theme: Theme,
) {
  return {
    type: 'line' as const,
    symbol: 'none',
    itemStyle: { color: theme.colour(colour) },
    lineStyle: {
      width: 1.5,
      type: dashed ? ('dashed' as const) : ('solid' as const),
      color: theme.colour(colour),
    },
    emphasis: { disabled: true },
  }
}
