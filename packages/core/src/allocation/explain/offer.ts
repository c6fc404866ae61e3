import { type Instant, MINUTE_MS } from '../../base/instant.ts'
import { acceleratorsOf, type Gang, type Role, type TopologyNeed } from '../../demand/gang.ts'
import type { Tenant } from '../../demand/tenant.ts'
import type { Allocator } from '../allocator.ts'
import type { GangState } from '../gang-state.ts'
import type { Terms } from '../money/terms.ts'
import type { PoolState } from '../pool-state.ts'
import { acceleratorsInAnchor, speedOn } from '../shape.ts'
import { timeOf } from '../windows/booked-windows.ts'
import { copyOf } from './copy.ts'
import { higherPrice, largerBudget, type MoneyChange } from './money-offer.ts'

/** A change that would start the gang now: it was tried. */
export type Offer = { readonly change: Change } & (
  | { readonly resubmit: Gang }
  | { readonly tenants: readonly Tenant[] }
  | { readonly terms: Terms }
)

/** What is asked less of, or given more of. */
export type Change =
  | { readonly kind: 'topology'; readonly level: TopologyNeed['level'] }
  | { readonly kind: 'pool'; readonly poolId: string; readonly hardware: string }
  | { readonly kind: 'limit'; readonly limitMs: number }
  /** It does not wait for its window. */
  | { readonly kind: 'withoutWindow'; readonly windowId: string }
  /** It may be asked to go. */
  | { readonly kind: 'reclaimable' }
  | { readonly kind: 'accelerators'; readonly accelerators: number }
  | { readonly kind: 'priority'; readonly priority: number }
  | MoneyChange
  | {
      readonly kind: 'quota'
      readonly tenant: string
      readonly poolId: string
      readonly accelerators: number
    }

const LEVELS: readonly TopologyNeed['level'][] = ['node', 'domain', 'block', 'pool']

/**
 * For each kind of change the smallest that starts the gang now, each tried on a copy. Those come first that take least away
 * from the gang: a wider topology, another pool, a shorter limit, being asked back, fewer accelerators; then what others must
 * grant.
 */
export function offersFor(allocator: Allocator, { gang }: GangState, at: Instant): readonly Offer[] {
  const copy = copyOf(allocator)
  copy.apply({ kind: 'wake' }, at)
  const known = copy.state.gangs.get(gang.id)
  if (!known || known.running) return []
  const trial = new Trial(allocator, gang, at)
  const offers = [
    withoutWindow(trial),
    widerTopology(trial, gang),
    anotherPool(trial, gang, copy),
    shorterLimit(trial, known, copy, at),
    mayBeAskedBack(trial, gang),
    fewerAccelerators(trial, gang),
    higherPriority(trial, gang, copy),
    moreQuota(allocator, known, at),
    higherPrice(copy, known, at, (change, changed) => trial.offer(change, trial.changed(changed))),
    largerBudget(copy, known, at),
  ]
  return offers.filter((offer) => offer !== undefined)
}

/** Cancels the gang on a copy, and submits it again as it would be. */
class Trial {
  readonly #allocator: Allocator
  readonly #gang: Gang
  readonly #at: Instant

  constructor(allocator: Allocator, gang: Gang, at: Instant) {
    this.#allocator = allocator
    this.#gang = gang
    this.#at = at
  }

  starts(changed: Gang): boolean {
    const copy = copyOf(this.#allocator)
    copy.apply({ kind: 'cancel', gangId: this.#gang.id }, this.#at)
    copy.apply({ kind: 'submit', gang: changed }, this.#at)
    return copy.state.gangs.get(changed.id)?.running === true
  }

  /** The gang under a name that nobody has. */
  changed(change: Partial<Gang>): Gang {
    const { gangs } = this.#allocator.state
    let id = `${this.#gang.id}+`
    while (gangs.isKnown(id)) id += '+'
    return { ...this.#gang, ...change, id }
  }

  offer(change: Change, changed: Gang): Offer | undefined {
    return this.starts(changed) ? { change, resubmit: changed } : undefined
  }
}

function withoutWindow(trial: Trial): Offer | undefined {
  const { window, ...rest } = trial.changed({})
  return window === undefined ? undefined : trial.offer({ kind: 'withoutWindow', windowId: window }, rest)
}

function widerTopology(trial: Trial, gang: Gang): Offer | undefined {
  const narrowest = Math.min(
    ...gang.roles.map(({ within }) => (within.required ? LEVELS.indexOf(within.level) : LEVELS.length)),
  )
  for (const level of LEVELS.slice(narrowest + 1)) {
    const roles = gang.roles.map((role) => widened(role, level))
    const offer = trial.offer({ kind: 'topology', level }, trial.changed({ roles }))
    if (offer) return offer
  }
  return undefined
}

function widened(role: Role, level: TopologyNeed['level']): Role {
  const { within } = role
  if (!within.required || LEVELS.indexOf(within.level) >= LEVELS.indexOf(level)) return role
  return { ...role, within: { level, required: true } }
}

function anotherPool(trial: Trial, gang: Gang, { state }: Allocator): Offer | undefined {
  for (const { pool } of state.pools) {
    const { id: poolId, hardware } = pool
    const isAccepted = gang.roles.every(({ accepts }) => accepts.some((each) => each.hardware === hardware))
    if (isAccepted) continue
    const roles = gang.roles.map((role) => ({ ...role, accepts: [{ hardware, speed: 1 }] }))
    const offer = trial.offer({ kind: 'pool', poolId, hardware }, trial.changed({ roles }))
    if (offer) return offer
  }
  return undefined
}

/**
 * One that ends by the start that was promised to another, or by the opening of a window, may pass: the longest of these
 * limits that starts. Where the policy ranks by what is left to do, the longest that ranks before enough of those that run.
 */
function shorterLimit(trial: Trial, gang: GangState, copy: Allocator, at: Instant): Offer | undefined {
  const most = gang.gang.limitMs ?? Number.POSITIVE_INFINITY
  const offered = (limitMs: number): Offer | undefined =>
    trial.offer({ kind: 'limit', limitMs }, trial.changed({ limitMs }))
  if (copy.policy.preempts) {
    const limitMs = longestOf(Math.min(most, LONGEST_MINUTES * MINUTE_MS), (ms) => offered(ms) !== undefined)
    return limitMs > 0 ? offered(limitMs) : undefined
  }
  for (const limitMs of limitsUntil(gang, copy, at).filter((limit) => limit < most)) {
    const offer = offered(limitMs)
    if (offer) return offer
  }
  return undefined
}

/** A year: beyond that a limit says nothing. */
const LONGEST_MINUTES = 365 * 24 * 60

/** In whole minutes, less than `most`; halves the distance between what starts and what does not. */
function longestOf(most: number, starts: (limitMs: number) => boolean): number {
  let fits = 0
  let tooMany = Math.ceil(most / MINUTE_MS)
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1
    if (starts(middle * MINUTE_MS)) fits = middle
    else tooMany = middle
  }
  return fits * MINUTE_MS
}

/** The limits with which it would end at a moment that others count on, the longest first. */
function limitsUntil({ shape }: GangState, { state }: Allocator, at: Instant): readonly number[] {
  const [role] = shape.roles
  const limits = new Set<number>()
  const add = (moment: number, pool: PoolState): void => {
    if (role && moment > at && Number.isFinite(moment))
      limits.add(Math.floor((moment - at) * speedOn(role, pool.pool)))
  }
  for (const pool of state.pools) if (pool.reservation) add(pool.reservation.opening.start, pool)
  for (const window of state.windows) if (!window.isOpen) add(timeOf(window).start, state.pool(window.poolId))
  return [...limits].filter((limit) => limit > 0).sort((a, b) => b - a)
}

function mayBeAskedBack(trial: Trial, gang: Gang): Offer | undefined {
  if (gang.reclaimable) return undefined
  return trial.offer({ kind: 'reclaimable' }, trial.changed({ reclaimable: true }))
}

/** Halves the distance between what starts and what does not; what it ends with was tried. */
function fewerAccelerators(trial: Trial, gang: Gang): Offer | undefined {
  const largest = [...gang.roles].sort((a, b) => sizeOf(b) - sizeOf(a))[0]
  if (!largest) return undefined
  const parameter = largest.members > 1 ? 'members' : 'acceleratorsPerMember'
  let fits = 0
  let tooMany = largest[parameter]
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1
    if (trial.starts(trial.changed(reduced(gang, largest, parameter, middle)))) fits = middle
    else tooMany = middle
  }
  if (fits === 0) return undefined
  const changed = trial.changed(reduced(gang, largest, parameter, fits))
  return trial.offer({ kind: 'accelerators', accelerators: acceleratorsOf(changed) }, changed)
}

function reduced(
  gang: Gang,
  largest: Role,
  parameter: 'members' | 'acceleratorsPerMember',
  count: number,
): Pick<Gang, 'roles'> {
  return { roles: gang.roles.map((role) => (role === largest ? { ...role, [parameter]: count } : role)) }
}

function sizeOf({ members, acceleratorsPerMember }: Role): number {
  return members * acceleratorsPerMember
}

function higherPriority(trial: Trial, gang: Gang, { state }: Allocator): Offer | undefined {
  let highest = gang.priority
  for (const other of state.queue) highest = Math.max(highest, other.gang.priority)
  const priority = highest + 1
  return trial.offer({ kind: 'priority', priority }, trial.changed({ priority }))
}

/** So much more of its own that it need not borrow; the gang itself stays as it is. */
function moreQuota(allocator: Allocator, { gang, shape }: GangState, at: Instant): Offer | undefined {
  const { accounts, tenants, noticeMs, pools } = allocator.state
  if (!accounts.hasQuotas) return undefined
  for (const number of shape.anchors) {
    const poolId = pools[number]?.pool.id ?? ''
    const lacking = acceleratorsInAnchor(shape, number) - accounts.ownRoom(gang.tenant, poolId)
    const raised = tenants.map((tenant) =>
      tenant.id === gang.tenant ? withQuota(tenant, poolId, lacking) : tenant,
    )
    if (lacking <= 0) continue
    const copy = copyOf(allocator)
    copy.apply({ kind: 'setTenants', tenants: raised, noticeMs }, at)
    if (copy.state.gangs.get(gang.id)?.running !== true) continue
    const accelerators =
      raised.find(({ id }) => id === gang.tenant)?.quotas.find(({ pool }) => pool === poolId)?.accelerators ??
      0
    return { change: { kind: 'quota', tenant: gang.tenant, poolId, accelerators }, tenants: raised }
  }
  return undefined
}

function withQuota(tenant: Tenant, pool: string, more: number): Tenant {
  const before = tenant.quotas.find((quota) => quota.pool === pool)?.accelerators ?? 0
  const others = tenant.quotas.filter((quota) => quota.pool !== pool)
  return { ...tenant, quotas: [...others, { pool, accelerators: before + more }] }
}
