import { textIn, wordIn } from '../../app/search.ts'

export const STATES = ['draft', 'signed', 'active', 'ended'] as const

/** What the address of the list says. */
export interface AgreementsSearch {
  readonly state?: (typeof STATES)[number]
  readonly provider?: string
  readonly cursor?: string
}

export function agreementsSearch(given: Record<string, unknown>): AgreementsSearch {
  return { ...wordIn(given, 'state', STATES), ...textIn(given, 'provider'), ...textIn(given, 'cursor') }
}

export const PARTS = ['terms', 'versions', 'file'] as const

/** What the address of one agreement says. */
export interface AgreementSearch {
  readonly part?: (typeof PARTS)[number]
  /** The version that is compared with the one before it. */
  readonly version?: string
}

export function agreementSearch(given: Record<string, unknown>): AgreementSearch {
  return { ...wordIn(given, 'part', PARTS), ...textIn(given, 'version') }
}

export const APPROVAL_STATES = ['waiting', 'approved', 'rejected'] as const

export interface ApprovalsSearch {
  readonly state?: (typeof APPROVAL_STATES)[number]
  readonly cursor?: string
}

export function approvalsSearch(given: Record<string, unknown>): ApprovalsSearch {
  return { ...wordIn(given, 'state', APPROVAL_STATES), ...textIn(given, 'cursor') }
}
