import type { Grouping } from './capacity-search.ts'

/** Milliseconds, and the value from then on. */
export type Steps = readonly (readonly [number, number])[]

/** A tranche that has not been handed over. */
export interface OpenTranche {
  /** `agreement/line/tranche`. */
  readonly key: string
  readonly agreement: string
  readonly title: string
  readonly line: string
  readonly tranche: string
  readonly pool: string
  readonly accelerators: number
  readonly promised: number
  /** When it is expected, or else was promised. */
  readonly start: number
}

export interface GroupSteps {
  readonly key: string
  readonly promised: Steps
  readonly delivered: Steps
}

/** Capacity against demand over the horizon. */
export interface Gap {
  readonly promised: Steps
  readonly delivered: Steps
  readonly demand: Steps
  readonly groups: Readonly<Record<Grouping, readonly GroupSteps[]>>
  readonly begins: number | null
  readonly worst: number
  readonly worstAt: number | null
  readonly missingHours: number
}

/** What is charged within the horizon, exact, by kind. */
export interface Cost {
  readonly currency: string
  readonly total: string
  readonly byKind: readonly { readonly kind: string; readonly amount: string }[]
}

/** What the page asks of the worker. */
export type Asked =
  | { readonly kind: 'open'; readonly files: readonly { readonly path: string; readonly text: string }[] }
  | { readonly kind: 'slip'; readonly turn: number; readonly slips: readonly (readonly [string, number])[] }

/** What the worker answers; turn 0 is that of the portfolio as it stands. */
export type Told =
  | { readonly kind: 'broken' }
  | {
      readonly kind: 'opened'
      readonly name: string
      readonly horizon: { readonly start: number; readonly until: number }
      readonly tranches: readonly OpenTranche[]
    }
  | { readonly kind: 'gap'; readonly turn: number; readonly gap: Gap }
  | { readonly kind: 'cost'; readonly turn: number; readonly cost: Cost | null }
