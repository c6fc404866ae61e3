import type { AllocationState } from './allocation-state.ts'
import { tryPlaceApart } from './apart/place-apart.ts'
import type { Part } from './events.ts'
import { type GangState, worthOfStopping } from './gang-state.ts'
import { heldIn } from './opening.ts'
import type { PassContext } from './pass-context.ts'
import { putBack, setAside } from './pending-trial.ts'
import type { PoolState } from './pool-state.ts'
import { acceleratorsInAnchor } from './shape.ts'

interface Chosen {
  readonly parts: readonly Part[]
  /** The cheapest to stop first. */
  readonly victims: readonly GangState[]
}

/**
 * Whom to ask so that the owner's gang fits: those that rank lowest and lose the least work, as few as make room, and none
 * whose tenant holds no more than its own. Nothing where all of them do not make room.
 */
export function chooseVictims(
  context: PassContext,
  owner: GangState,
  pool: PoolState,
  candidates: readonly GangState[] = candidatesIn(context, owner, pool),
): Chosen | undefined {
  const needed = acceleratorsInAnchor(owner.shape, pool.number)
  const most = candidates.reduce((sum, gang) => sum + heldIn(pool, gang).accelerators, pool.free.free)
  if (most < needed) return undefined
  const owes = ({ gang }: GangState): boolean =>
    context.state.accounts.owedTo(owner.gang.tenant, gang.tenant, pool.pool.id) > 0
  const search = new VictimSearch(candidates, context.state, owes, () =>
    pool.free.free >= needed ? tryPlaceApart(context.state, owner, pool) : undefined,
  )
  return search.run()
}

/** Borrowers' gangs that may be stopped, the cheapest to stop first. */
export function candidatesIn(
  { state, at, started }: PassContext,
  owner: GangState,
  pool: PoolState,
): GangState[] {
  const justStarted = new Set(started)
  const borrows = new Map<string, boolean>()
  const isBorrower = (tenant: string): boolean => {
    const known = borrows.get(tenant)
    if (known !== undefined) return known
    const found = state.accounts.owedTo(owner.gang.tenant, tenant, pool.pool.id) > 0
    borrows.set(tenant, found)
    return found
  }
  const candidates = [...pool.running]
    .filter((running) => running.gang.reclaimable && !running.reclaim && !justStarted.has(running))
    .filter((running) => isBorrower(running.gang.tenant) && heldIn(pool, running).accelerators > 0)
  return cheapestFirst(candidates, at)
}

/** Those of the lowest priority first, and among them those that lose least. */
export function cheapestFirst(candidates: readonly GangState[], at: PassContext['at']): GangState[] {
  return candidates
    .map((running) => ({ running, lost: lossOf(running, at) }))
    .sort(
      (a, b) =>
        a.running.gang.priority - b.running.gang.priority || a.lost - b.lost || b.running.seq - a.running.seq,
    )
    .map(({ running }) => running)
}

/** Accelerator time that stopping the gang throws away, its restart included. */
function lossOf(running: GangState, at: PassContext['at']): number {
  return (worthOfStopping(running, at).lostMs + running.gang.restartMs) * running.shape.accelerators
}

/**
 * Lets candidates go on trial, in order, until the owner fits: in steps that double, then back to the first that suffices.
 * Then puts back each that turns out not to be needed, the dearest first.
 */
export class VictimSearch {
  readonly #candidates: readonly GangState[]
  readonly #state: AllocationState
  readonly #owes: (gang: GangState) => boolean
  readonly #fit: () => readonly Part[] | undefined
  /** Those that may go, as far as was looked, and how many of them are gone. */
  readonly #line: GangState[] = []
  #looked = 0
  #gone = 0

  constructor(
    candidates: readonly GangState[],
    state: AllocationState,
    owes: (gang: GangState) => boolean,
    fit: () => readonly Part[] | undefined,
  ) {
    this.#candidates = candidates
    this.#state = state
    this.#owes = owes
    this.#fit = fit
  }

  run(): Chosen | undefined {
    let tooFew = 0
    for (let step = 1; !this.#fit(); step *= 2) {
      tooFew = this.#gone
      this.#letGo(this.#gone + step)
      if (this.#gone === tooFew) {
        this.#letGo(0)
        return undefined
      }
    }
    let enough = this.#gone
    while (enough - tooFew > 1) {
      const middle = (tooFew + enough) >> 1
      this.#letGo(middle)
      if (this.#fit()) enough = middle
      else tooFew = middle
    }
    this.#letGo(enough)
    return this.#sparing(this.#line.slice(0, this.#gone))
  }

  /** Lets exactly so many go, or all that may. */
  #letGo(count: number): void {
    while (this.#gone > count) putBack(this.#state, this.#line[--this.#gone] as GangState)
    while (this.#gone < count) {
      const next = this.#line[this.#gone] ?? this.#nextInLine()
      if (!next) return
      setAside(this.#state, next)
      this.#gone += 1
    }
  }

  /** A tenant that holds no more than its own, once those before have gone, gives nothing. */
  #nextInLine(): GangState | undefined {
    while (this.#looked < this.#candidates.length) {
      const next = this.#candidates[this.#looked++] as GangState
      if (!this.#owes(next)) continue
      this.#line.push(next)
      return next
    }
    return undefined
  }

  #sparing(gone: readonly GangState[]): Chosen | undefined {
    const victims: GangState[] = []
    for (const gang of [...gone].reverse()) {
      putBack(this.#state, gang)
      if (this.#fit()) continue
      setAside(this.#state, gang)
      victims.unshift(gang)
    }
    const parts = this.#fit()
    for (const gang of victims) putBack(this.#state, gang)
    return parts && { parts, victims }
  }
}
