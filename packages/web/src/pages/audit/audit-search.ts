import { textIn } from '../../app/search.ts'

/** What the address of the audit says. */
export interface AuditSearch {
  readonly actor?: string
  readonly action?: string
  readonly target?: string
  readonly cursor?: string
}

export function auditSearch(given: Record<string, unknown>): AuditSearch {
  return {
    ...textIn(given, 'actor'),
    ...textIn(given, 'action'),
    ...textIn(given, 'target'),
    ...textIn(given, 'cursor'),
  }
}
