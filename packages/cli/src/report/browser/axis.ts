import { axisText } from '../amount-text.ts'
import type { Unit } from '../chart.ts'
import type { Theme } from './theme.ts'

export const LETTERS = 12

type Values = readonly (number | null)[]

/** An axis of amounts that holds the values: a few quiet lines, no axis of its own. */
export function amountAxis(values: Values, unit: Unit, theme: Theme) {
  const largest = values.reduce((max: number, value) => Math.max(max, Math.abs(value ?? 0)), 0)
  const text = axisText(largest, unit)
  return {
    type: 'value' as const,
    name: text.title,
    nameTextStyle: { align: 'left' as const, color: theme.quiet, fontSize: LETTERS },
    splitNumber: 4,
    ...(values.every((value) => (value ?? 0) >= 0) ? { min: 0 } : {}),
    // Parts of a whole end with the whole.
    ...(unit.kind === 'share' && largest <= WHOLE_WITH_ROUNDING ? { max: 1, interval: 0.25 } : {}),
    axisLabel: { formatter: text.label, color: theme.quiet, fontSize: LETTERS, hideOverlap: true },
    splitLine: { lineStyle: { color: theme.hairline } },
  }
}

const WHOLE_WITH_ROUNDING = 1.005

/** What all charts have in common. */
export function frame(theme: Theme) {
  return {
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: theme.font, color: theme.text },
    backgroundColor: 'transparent',
  }
}
