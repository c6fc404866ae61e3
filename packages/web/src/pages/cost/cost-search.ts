import { textIn, wordIn } from '../../app/search.ts'

export const SPLITS = ['provider', 'agreement', 'kind', 'basis'] as const

export type Split = (typeof SPLITS)[number]

/** What the address of the page says. */
export interface CostSearch {
  readonly by?: Split
  /** `2026-11`. */
  readonly month?: string
  /** Whose commitment burns down. */
  readonly agreement?: string
}

export function costSearch(given: Record<string, unknown>): CostSearch {
  const { month } = textIn(given, 'month')
  return {
    ...wordIn(given, 'by', SPLITS),
    ...(month !== undefined && /^\d{4}-(?:0[1-9]|1[0-2])$/.test(month) ? { month } : {}),
    ...textIn(given, 'agreement'),
  }
}

/** The month of a moment, and the one so many later. */
export function monthText(at: number, later = 0): string {
  const date = new Date(at)
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1)).toISOString().slice(0, 7)
}
