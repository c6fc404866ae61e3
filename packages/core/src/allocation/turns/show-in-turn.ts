import type { Instant } from '../../base/instant.ts'
import type { AllocationState } from '../allocation-state.ts'
import type { GangState } from '../gang-state.ts'
import type { Turns } from './turns.ts'

/**
 * Shows the waiting gangs in the order of their turns until one answers that it was enough: by the priority that they have come
 * to, then tenant by tenant, of each those first that were evicted, then by submission. Whose turn it is is asked anew after
 * each gang, since one that started counts for its tenant at once.
 */
export function showInTurn(
  state: AllocationState,
  turns: Turns,
  at: Instant,
  isEnough: (gang: GangState) => boolean,
): void {
  for (const peers of byPriority(state, turns, at)) {
    const isDone = turns.hasWeights ? showByTenant(state, turns, peers, at, isEnough) : peers.some(isEnough)
    if (isDone) return
  }
}

function byPriority(state: AllocationState, turns: Turns, at: Instant): readonly (readonly GangState[])[] {
  const classes = new Map<number, GangState[]>()
  for (const gang of state.queue) {
    const priority = turns.priorityOf(gang, at)
    const peers = classes.get(priority)
    if (peers) peers.push(gang)
    else classes.set(priority, [gang])
  }
  return [...classes]
    .sort(([a], [b]) => b - a)
    .map(([, peers]) => peers.sort((a, b) => rankOf(a) - rankOf(b) || a.seq - b.seq))
}

function rankOf({ evictions }: GangState): number {
  return evictions > 0 ? 0 : 1
}

function showByTenant(
  state: AllocationState,
  turns: Turns,
  peers: readonly GangState[],
  at: Instant,
  isEnough: (gang: GangState) => boolean,
): boolean {
  const lines = new Map<string, GangState[]>()
  for (const gang of [...peers].reverse()) {
    const line = lines.get(gang.gang.tenant)
    if (line) line.push(gang)
    else lines.set(gang.gang.tenant, [gang])
  }
  const first = new Map([...lines].map(([tenant, line]) => [tenant, line.at(-1) as GangState]))
  while (first.size > 0) {
    const tenant = turns.next(first, state.pools, at) as string
    const line = lines.get(tenant) as GangState[]
    if (isEnough(line.pop() as GangState)) return true
    const next = line.at(-1)
    if (next) first.set(tenant, next)
    else first.delete(tenant)
  }
  return false
}
