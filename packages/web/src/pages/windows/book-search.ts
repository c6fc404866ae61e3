import { textIn } from '../../app/search.ts'

/** What the address of a booking says. */
export interface BookSearch {
  readonly tenant?: string
}

export function bookSearch(given: Record<string, unknown>): BookSearch {
  return textIn(given, 'tenant')
}
