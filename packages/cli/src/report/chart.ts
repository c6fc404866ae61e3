/** What a value of a chart counts. */
export type Unit =
  | { readonly kind: 'money'; readonly currency: string }
  | { readonly kind: 'accelerators' }
  | { readonly kind: 'hours' }
  /** From 0 to 1. */
  | { readonly kind: 'share' }

/** A colour of the page's style sheet, by its name there: it has a light and a dark form. p1 to p8 are providers and nothing else. */
export type Colour =
  | 'accent'
  | 'ink'
  | 'quiet'
  | 'soft'
  | 'faint'
  | 'warn'
  | 'mild'
  | `p${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`

export interface Series {
  readonly name: string
  readonly colour: Colour
  /** One for each moment or category; null where there is none. */
  readonly values: readonly (number | null)[]
}

/** Levels over time: each holds from its moment to the next one. */
export interface StepChart {
  readonly kind: 'steps'
  readonly unit: Unit
  /** Moments in milliseconds UTC, rising; the last one ends the chart. */
  readonly times: readonly number[]
  /** Areas, one on top of the other. */
  readonly areas: readonly Series[]
  readonly lines: readonly LineSeries[]
  /** A stretch that the reader's eye is led to. */
  readonly marked?: { readonly start: number; readonly until: number; readonly name: string }
}

export interface LineSeries extends Series {
  readonly dashed: boolean
}

/** Sums by category, as columns or as rows. */
export interface BarChart {
  readonly kind: 'bars'
  readonly unit: Unit
  readonly direction: 'columns' | 'rows'
  readonly categories: readonly string[]
  /** What stands below each category, where that is not its name; nothing below those with an empty one. */
  readonly labels?: readonly string[]
  readonly isStacked: boolean
  readonly bars: readonly Series[]
  readonly line?: LineSeries
  /** What the categories are, where their names do not say it. */
  readonly categoriesTitle?: string
  /** What stands at the end of each category's bar; below its name where several stand side by side. */
  readonly remarks?: readonly string[]
}

/** Plain data: it stands in the page as JSON and is drawn there. */
export type Chart = StepChart | BarChart
