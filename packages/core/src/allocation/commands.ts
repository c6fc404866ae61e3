import type { Instant } from '../base/instant.ts'
import type { OutageScope } from '../capacity/outage-scope.ts'
import type { Pool } from '../capacity/pool.ts'
import type { NodeGroup } from '../capacity/topology.ts'
import type { Booking } from '../demand/booking.ts'
import type { Gang } from '../demand/gang.ts'
import type { OrderRules, Tenant } from '../demand/tenant.ts'
import type { Terms } from './money/terms.ts'
import type { MovePlan } from './moves/move-plan.ts'

/** What the allocator can be told. Every command comes with the moment at which it happens. */
export type Command =
  | { readonly kind: 'openPool'; readonly pool: Pool }
  | {
      readonly kind: 'setTenants'
      readonly tenants: readonly Tenant[]
      readonly noticeMs: number
      readonly order?: OrderRules
    }
  /** What time costs from now on; running totals of what the new terms name too go on. */
  | { readonly kind: 'setTerms'; readonly terms: Terms }
  | {
      readonly kind: 'addNodes'
      readonly poolId: string
      readonly nodes: readonly NodeGroup[]
      readonly cpuCores?: number
    }
  | {
      readonly kind: 'removeNodes'
      readonly poolId: string
      readonly firstNode: number
      readonly nodes: number
      readonly cpuCores?: number
    }
  | { readonly kind: 'submit'; readonly gang: Gang }
  | { readonly kind: 'cancel'; readonly gangId: string }
  | { readonly kind: 'finish'; readonly gangId: string }
  /** Moves running gangs so that a waiting one starts, as it was planned. Refused where things are no longer as the plan says. */
  | { readonly kind: 'move'; readonly plan: MovePlan }
  | { readonly kind: 'failNode'; readonly poolId: string; readonly node: number }
  | { readonly kind: 'returnNode'; readonly poolId: string; readonly node: number }
  /** The node runs at this share of its speed from now on: 1 where it is as fast as others again. */
  | { readonly kind: 'degradeNode'; readonly poolId: string; readonly node: number; readonly speed: number }
  /** Goes out of service together, at once; spot capacity because its provider takes it back. */
  | {
      readonly kind: 'beginOutage'
      readonly outageId: string
      readonly of: OutageScope
      readonly because?: 'spotLost'
    }
  /** Announces an outage: what is still there then is stopped, and nothing starts there that does not end before. */
  | { readonly kind: 'drain'; readonly outageId: string; readonly of: OutageScope; readonly by: Instant }
  /** Returns what an outage took, or takes back its announcement. */
  | { readonly kind: 'endOutage'; readonly outageId: string }
  | { readonly kind: 'bookWindow'; readonly booking: Booking }
  | { readonly kind: 'cancelWindow'; readonly windowId: string }
  /** Time has come for what the allocator waits for: `nextWake()` says when. */
  | { readonly kind: 'wake' }
