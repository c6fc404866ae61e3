import type { Instant } from '../base/instant.ts'
import type { Agreement } from './agreement.ts'
import { currentTerm } from './term.ts'

/**
 * Where an agreement stands at a moment.
 * draft → signed: it is signed · signed → active: its term begins · active → ended: its term, as it now stands, is over.
 */
export type AgreementState = 'draft' | 'signed' | 'active' | 'ended'

/** A signature without a date has always been there; a draft stays one, whatever the date. */
export function stateAt(agreement: Agreement, at: Instant): AgreementState {
  if (agreement.status === 'draft' || (agreement.signed !== undefined && at < agreement.signed))
    return 'draft'
  const term = currentTerm(agreement)
  if (at < term.start) return 'signed'
  return at < term.until ? 'active' : 'ended'
}
