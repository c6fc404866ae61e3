import type { AllocationState } from './allocation-state.ts'
import type { NodeRun } from './events.ts'
import type { GangState } from './gang-state.ts'
import type { HandOver } from './hand-over.ts'
import type { KeptRoom } from './kept-room.ts'
import type { PoolState } from './pool-state.ts'

/** Hand-overs seen as done, to look at what would be free then. Whatever else is changed must be undone before. */
export class PendingTrial {
  readonly #state: AllocationState
  readonly #gone: GangState[] = []
  readonly #taken: { readonly pool: PoolState; readonly runs: readonly NodeRun[]; readonly cores: number }[] =
    []

  constructor(state: AllocationState, handOvers: readonly HandOver[]) {
    this.#state = state
    for (const { victims } of handOvers) for (const victim of victims) this.#release(victim)
    for (const { rooms } of handOvers) {
      for (const [pool, room] of rooms) this.#take(pool, room)
    }
  }

  undo(): void {
    for (const { pool, runs, cores } of this.#taken.reverse()) {
      pool.free.give(runs)
      pool.cpuFree += cores
    }
    for (const gang of this.#gone.reverse()) putBack(this.#state, gang)
  }

  #release(gang: GangState): void {
    setAside(this.#state, gang)
    this.#gone.push(gang)
  }

  #take(pool: PoolState, { missing, cpuMissing, beside }: KeptRoom): void {
    const accelerators = [...missing]
      .map(([node, each]) => ({ first: node, nodes: 1, each: Math.min(each, pool.free.freeOf(node)) }))
      .filter(({ each }) => each > 0)
    const runs: NodeRun[] = beside ? [...accelerators, ...beside.freeOfMissing()] : accelerators
    const cores = Math.min(cpuMissing, Math.max(0, pool.cpuFree))
    pool.free.take(runs)
    pool.cpuFree -= cores
    this.#taken.push({ pool, runs, cores })
  }
}

/** Takes a running gang out on trial: what it holds becomes free, and its tenant holds less. */
export function setAside(state: AllocationState, running: GangState): void {
  for (const pool of state.poolsOf(running.parts)) pool.running.remove(running)
  for (const part of running.parts) {
    const pool = state.pool(part.poolId)
    pool.free.give(part.runs)
    pool.cpuFree += part.cpuCores
  }
  state.accounts.chargeParts(running.gang.tenant, running.parts, -1)
}

export function putBack(state: AllocationState, running: GangState): void {
  for (const pool of state.poolsOf(running.parts)) pool.running.add(running)
  for (const part of running.parts) {
    const pool = state.pool(part.poolId)
    pool.free.take(part.runs)
    pool.cpuFree -= part.cpuCores
  }
  state.accounts.chargeParts(running.gang.tenant, running.parts, 1)
}
