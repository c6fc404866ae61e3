import type { AttentionItem } from '@offtake/contract/api/attention-routes'
import type { Route } from '@offtake/contract/api/route'
import type { AllocationState } from '@offtake/core/allocation/allocation-state'
import { DAY_MS, type Instant, later } from '@offtake/core/base/instant'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import type { Actor } from '../access/actor.ts'
import type { FileSet } from '../portfolio/portfolio-store.ts'
import type { ApprovalRow } from '../store/portfolio-tables.ts'
import type { Charged } from '../usage/charged-live.ts'

/** What finders look at, all of it at one moment. */
export interface Looked {
  readonly at: Instant
  /** How far ahead they look. */
  readonly until: Instant
  readonly actor: Actor
  readonly state: AllocationState
  /** Absent where there is no portfolio. */
  readonly current: { readonly portfolio: Portfolio; readonly files: FileSet } | undefined
  /** Those that wait. */
  readonly approvals: readonly ApprovalRow[]
  /** Worked out where somebody asks for it. */
  readonly charged: (portfolio: Portfolio) => Promise<Charged>
}

/** What a finder found; what it does not say is nothing. */
export type Found = Pick<AttentionItem, 'id' | 'kind' | 'severity' | 'text' | 'subject'> &
  Partial<Pick<AttentionItem, 'since' | 'due' | 'count' | 'amount' | 'currency' | 'basis' | 'yours'>>

/** Finds one kind of thing that needs a person. */
export interface Finder {
  /** Whoever may ask this is told of it. */
  readonly shown: Pick<Route, 'may'>
  /** Whoever may ask this can do something about it; nobody where absent. */
  readonly settled?: Pick<Route, 'may'>
  readonly find: (looked: Looked) => readonly Found[] | Promise<readonly Found[]>
}

const URGENT_DAYS = 7

/** How urgent it is that something is done by then. */
export function severityBy(due: Instant, at: Instant): AttentionItem['severity'] {
  return due <= later(at, URGENT_DAYS * DAY_MS) ? 'urgent' : 'soon'
}
