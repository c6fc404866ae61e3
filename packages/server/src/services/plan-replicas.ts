/** A replica as it stands. */
export interface Replica {
  readonly id: string
  /** Counted up from 0 within its service: the youngest has the largest. */
  readonly n: number
  readonly isRunning: boolean
  /** Of an earlier form of its service. */
  readonly isOutdated: boolean
}

export interface ReplicaPlan {
  /** How many more are asked for. */
  readonly start: number
  /** Those that are stopped now. */
  readonly stop: readonly string[]
  /** Those that drain from now on, or go on draining, with when they are stopped. */
  readonly draining: ReadonlyMap<string, number>
}

/**
 * What makes as many replicas run as are wanted. One that waits is stopped at once, before any that runs; one that runs is stopped once it
 * has drained, the youngest first, and goes on where it is wanted again before that.
 */
export function planReplicas(
  wanted: number,
  replicas: readonly Replica[],
  before: ReadonlyMap<string, number>,
  { now, drainMs }: { readonly now: number; readonly drainMs: number },
): ReplicaPlan {
  const current = replicas.filter(({ isOutdated }) => !isOutdated)
  const byWorth = current.toSorted((a, b) => worth(b, before) - worth(a, before) || a.n - b.n)
  const leaving = [...byWorth.slice(wanted), ...replicas.filter(({ isOutdated }) => isOutdated)]
  const draining = new Map<string, number>()
  const stop: string[] = []
  for (const { id, isRunning } of leaving) {
    const due = before.get(id) ?? now + drainMs
    if (!isRunning || due <= now) stop.push(id)
    else draining.set(id, due)
  }
  return { start: Math.max(0, wanted - current.length), stop, draining }
}

/** Those that serve are kept first, then those that drain and can go on, then those that wait. */
function worth({ id, isRunning }: Replica, draining: ReadonlyMap<string, number>): number {
  if (!isRunning) return 0
  return draining.has(id) ? 1 : 2
}
