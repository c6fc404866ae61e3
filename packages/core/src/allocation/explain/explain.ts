import type { Instant } from '../../base/instant.ts'
import type { Allocator } from '../allocator.ts'
import type { Part } from '../events.ts'
import type { GangState } from '../gang-state.ts'
import { type OfferedPlan, planMoves } from '../moves/plan-moves.ts'
import { causesIn, type WaitCause } from './cause.ts'
import { copyOf } from './copy.ts'
import type { Eta, EtaForecaster } from './eta-forecaster.ts'
import { type Offer, offersFor } from './offer.ts'
import { endOf } from './play-forward.ts'

/** What is known of one gang at one moment. */
export type Explanation =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ended' }
  | {
      readonly kind: 'running'
      readonly parts: readonly Part[]
      readonly since: Instant
      /** When it is expected to end: by its limit, or after a typical time. */
      readonly until: Instant
      readonly hasLimit: boolean
    }
  | Waiting

export interface Waiting {
  readonly kind: 'waiting'
  readonly since: Instant
  readonly pools: readonly { readonly poolId: string; readonly cause: WaitCause }[]
  /** Absent where it would wait for ever, if nothing but ends of gangs happened. */
  readonly eta?: Eta
  /** Whether a place in the future is promised to it that no gang ahead of it may take instead. */
  readonly isPromised: boolean
  /** Those that run where it will start, by when they are expected to end. */
  readonly holders: readonly Holder[]
  /** What would start it now, the smallest change first. */
  readonly offers: readonly Offer[]
  /** Moves of running gangs that would start it now, and pay for themselves; absent where there are none. */
  readonly moves?: OfferedPlan
}

export interface Holder {
  readonly gangId: string
  readonly tenant: string
  readonly accelerators: number
  readonly until: Instant
}

/** Answers from what is known and from trials on copies; the allocator stays as it is. */
export function explainGang(
  allocator: Allocator,
  forecaster: EtaForecaster,
  gangId: string,
  at: Instant,
): Explanation {
  const gang = allocator.state.gangs.get(gangId)
  if (!gang) return { kind: allocator.state.gangs.hasEnded(gangId) ? 'ended' : 'unknown' }
  const copy = copyOf(allocator)
  copy.apply({ kind: 'wake' }, at)
  const copied = copy.state.gangs.get(gangId)
  if (!copied || copied.running) return running(copied ?? gang, at, forecaster)
  const eta = forecaster.etaOf(gangId, at)
  const startOf = (other: GangState): number => (other === copied && eta ? eta.at : Number.NaN)
  const moves = planMoves({ state: copy.state, policy: copy.policy, at }, startOf)
  return {
    kind: 'waiting',
    since: gang.submittedAt,
    pools: causesIn(copy, copied, at),
    ...(eta ? { eta } : {}),
    isPromised: isPromised(copy, copied),
    holders: eta ? holdersOf(allocator, eta.parts, at, forecaster) : [],
    offers: offersFor(allocator, gang, at),
    ...(moves ? { moves } : {}),
  }
}

function running(gang: GangState, at: Instant, { typical }: EtaForecaster): Explanation {
  const { parts, placedAt, expectedEnd } = gang
  const until = endOf(gang, at, typical) as Instant
  return { kind: 'running', parts, since: placedAt, until, hasLimit: Number.isFinite(expectedEnd) }
}

/** With several pools, a gang ahead that accepts the same one may start there first. */
function isPromised({ state }: Allocator, gang: GangState): boolean {
  const promised = state.pools.filter(({ reservation }) => reservation?.gangId === gang.gang.id)
  if (promised.length === 0) return false
  for (const other of state.queue) {
    if (other === gang) return true
    if (promised.some(({ number }) => other.shape.pools.flat().includes(number))) return false
  }
  return true
}

function holdersOf(
  { state }: Allocator,
  parts: readonly Part[],
  at: Instant,
  { typical }: EtaForecaster,
): readonly Holder[] {
  const holders: Holder[] = []
  for (const gang of state.gangs.values()) {
    if (!gang.running) continue
    const accelerators = overlap(gang.parts, parts)
    if (accelerators === 0) continue
    holders.push({
      gangId: gang.gang.id,
      tenant: gang.gang.tenant,
      accelerators,
      until: endOf(gang, at, typical) as Instant,
    })
  }
  return holders.sort((a, b) => a.until - b.until || (a.gangId < b.gangId ? -1 : 1))
}

/** Accelerators that the first parts hold on nodes of the second. */
function overlap(held: readonly Part[], wanted: readonly Part[]): number {
  let accelerators = 0
  for (const { poolId, runs } of held) {
    for (const run of runs) {
      for (let node = run.first; node < run.first + run.nodes; node++) {
        if (wanted.some((part) => part.poolId === poolId && holdsNode(part, node))) accelerators += run.each
      }
    }
  }
  return accelerators
}

function holdsNode({ runs }: Part, node: number): boolean {
  return runs.some(({ first, nodes }) => node >= first && node < first + nodes)
}
