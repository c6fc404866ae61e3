import type { Instant } from '../base/instant.ts'
import type { Agreement } from './agreement.ts'

/** An unsigned agreement, with the moment until which the provider holds to it. */
export interface Quote {
  readonly agreement: Agreement
  readonly validUntil: Instant
}

export function isOpen(quote: Quote, at: Instant): boolean {
  return at < quote.validUntil
}
