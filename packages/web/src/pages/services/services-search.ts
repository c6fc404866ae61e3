import { textIn, wordIn } from '../../app/search.ts'

/** What the address of the services says. */
export interface ServicesSearch {
  readonly tenant?: string
  readonly cursor?: string
}

export function servicesSearch(given: Record<string, unknown>): ServicesSearch {
  return { ...textIn(given, 'tenant'), ...textIn(given, 'cursor') }
}

export const SPANS = ['day', 'week', 'month'] as const

/** What the address of one service says. */
export interface ServiceSearch {
  /** How far its chart goes back; a day by default. */
  readonly span?: (typeof SPANS)[number]
}

export function serviceSearch(given: Record<string, unknown>): ServiceSearch {
  return wordIn(given, 'span', SPANS)
}

/** What the address of the editor of a service says. */
export interface ApplySearch {
  readonly id?: string
  readonly tenant?: string
}

export function applySearch(given: Record<string, unknown>): ApplySearch {
  return { ...textIn(given, 'id'), ...textIn(given, 'tenant') }
}
