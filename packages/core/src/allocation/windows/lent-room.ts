import { later } from '../../base/instant.ts'
import type { AllocationState } from '../allocation-state.ts'
import type { Part } from '../events.ts'
import { isEntitled } from '../find-place.ts'
import type { GangState } from '../gang-state.ts'
import type { PassContext } from '../pass-context.ts'
import { putBack, setAside } from '../pending-trial.ts'
import type { PoolState } from '../pool-state.ts'
import { cheapestFirst, VictimSearch } from '../victims.ts'
import { isItsOwn, windowNamedBy } from './admission.ts'
import type { BookedWindow } from './booked-windows.ts'
import { othersOn } from './others-on.ts'
import { placeInWindow } from './place-in-window.ts'

/** Tells those to whom an open window lent its room to leave, as far as its own gangs that wait need it, within the notice. */
export function askLentBack(context: PassContext): void {
  const { state, at, emit } = context
  const justStarted = new Set(context.started)
  for (const window of state.windows) {
    if (!window.isOpen || !window.booking.lends) continue
    const others = othersOn(state, window)
    const told = others.filter(({ gang }) => window.leaving.has(gang.id))
    const candidates = others.filter(
      (other) => other.gang.reclaimable && !window.leaving.has(other.gang.id) && !justStarted.has(other),
    )
    if (candidates.length === 0) continue
    const gangIds = victimsForItsOwn(context, window, candidates, told).map(({ gang }) => gang.id)
    const by = later(at, state.noticeMs)
    if (gangIds.length > 0) emit({ kind: 'windowNoticeGiven', at, windowId: window.booking.id, gangIds, by })
  }
}

/**
 * Who of the candidates must leave so that as many as possible of the window's own gangs that wait can start on its room, in
 * the order of the queue, once those are gone who were told before.
 */
export function victimsForItsOwn(
  context: PassContext,
  window: BookedWindow,
  candidates: readonly GangState[],
  told: readonly GangState[],
): readonly GangState[] {
  const { state, at } = context
  const pool = state.pool(window.poolId)
  const trial = new LentTrial(state, told)
  const victims: GangState[] = []
  for (const gang of waitingFor(state, window, pool)) {
    const left = cheapestFirst(
      candidates.filter((candidate) => !victims.includes(candidate)),
      at,
    )
    const fit = (): readonly Part[] | undefined => placeInWindow(state, gang, pool, at)
    const chosen = new VictimSearch(left, state, () => true, fit).run()
    if (!chosen) continue
    victims.push(...chosen.victims)
    trial.seat(chosen)
  }
  trial.undo()
  return victims
}

/** Of gangs of one shape that find no room the first is enough to know that. */
function waitingFor(state: AllocationState, window: BookedWindow, pool: PoolState): GangState[] {
  return [...state.queue].filter(
    (gang) =>
      !gang.awaits &&
      isItsOwn(state, window, gang.gang) &&
      (windowNamedBy(state, gang.gang) ?? window) === window &&
      gang.shape.anchors.includes(pool.number) &&
      (isEntitled(state, gang, pool, 'own') || isEntitled(state, gang, pool, 'borrow')),
  )
}

/** Those gone who were told to go, and those seated who will sit there: undone in the end. */
class LentTrial {
  readonly #state: AllocationState
  readonly #gone: GangState[] = []
  readonly #seated: Part[] = []

  constructor(state: AllocationState, told: readonly GangState[]) {
    this.#state = state
    this.#letGo(told)
  }

  seat({
    parts,
    victims,
  }: {
    readonly parts: readonly Part[]
    readonly victims: readonly GangState[]
  }): void {
    this.#letGo(victims)
    for (const part of parts) {
      this.#state.pool(part.poolId).free.take(part.runs)
      this.#seated.push(part)
    }
  }

  undo(): void {
    for (const part of this.#seated) this.#state.pool(part.poolId).free.give(part.runs)
    for (const gang of this.#gone.reverse()) putBack(this.#state, gang)
  }

  #letGo(gangs: readonly GangState[]): void {
    for (const gang of gangs) {
      setAside(this.#state, gang)
      this.#gone.push(gang)
    }
  }
}
