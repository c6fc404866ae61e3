import { textIn } from '../../../app/search.ts'

/** What the address of one job says. */
export interface JobSearch {
  /** Of which stay the output is shown; of the latest by default. */
  readonly stay?: string
}

export function jobSearch(given: Record<string, unknown>): JobSearch {
  return textIn(given, 'stay')
}
