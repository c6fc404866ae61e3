import type { NodeGroup } from '@offtake/core/capacity/topology'

/** Equal domains, or CPU cores, of one pool that one source brings. */
export interface Lot {
  readonly pool: string
  readonly source: string
  /** JSON of the shape of a domain, or `cores`. */
  readonly shape: string
  readonly count: number
}

/** A lot that the allocator has, under the numbers of its nodes. */
export interface StockedLot extends Lot {
  readonly firstNode: number
}

/** What makes the stock that is there the one that is wanted. */
export interface StockChange {
  /** What is there and stays, if under the name of another source. */
  readonly kept: readonly StockedLot[]
  readonly surplus: readonly StockedLot[]
  readonly missing: readonly Lot[]
  readonly isChanged: boolean
}

export const CORES = 'cores'

/** What tells domains apart: not how they lie beside others. */
export function shapeOf({ domains: _, continuesBlock: __, ...shape }: NodeGroup): string {
  return JSON.stringify(Object.fromEntries(Object.entries(shape).sort(([a], [b]) => (a < b ? -1 : 1))))
}

export function groupOf({ shape, count }: Lot): NodeGroup {
  return { ...JSON.parse(shape), domains: count }
}

export function nodesPerCount(shape: string): number {
  return shape === CORES ? 0 : (JSON.parse(shape) as NodeGroup).nodesPerDomain
}

/**
 * Machines stay where they are as long as as many of their kind are wanted: first for the source that brought them, then for
 * another of the same pool, as where a tranche was split or renamed. Of what must go, the last that came goes first.
 */
export function compareStock(there: readonly StockedLot[], wanted: readonly Lot[]): StockChange {
  const own = match(there, wanted, ({ pool, source, shape }) => `${pool}|${shape}|${source}`)
  const other = match(own.surplus, own.missing, ({ pool, shape }) => `${pool}|${shape}`)
  return {
    kept: [...own.kept, ...other.kept].sort(byPlace),
    surplus: other.surplus,
    missing: other.missing,
    isChanged: other.kept.length > 0 || other.surplus.length > 0 || other.missing.length > 0,
  }
}

interface Match {
  readonly kept: readonly StockedLot[]
  readonly surplus: readonly StockedLot[]
  readonly missing: readonly Lot[]
}

function match(there: readonly StockedLot[], wanted: readonly Lot[], keyOf: (lot: Lot) => string): Match {
  const left = new Map<string, StockedLot[]>()
  for (const lot of [...there].sort(byPlace)) {
    const key = keyOf(lot)
    const lots = left.get(key) ?? []
    lots.push(lot)
    left.set(key, lots)
  }
  const kept: StockedLot[] = []
  const missing: Lot[] = []
  for (const lot of wanted) {
    const lots = left.get(keyOf(lot)) ?? []
    let open = lot.count
    for (let [first] = lots; first && open > 0; [first] = lots) {
      const taken = Math.min(open, first.count)
      kept.push({ ...first, source: lot.source, count: taken })
      open -= taken
      if (taken === first.count) lots.shift()
      else lots[0] = after(first, taken)
    }
    if (open > 0) missing.push({ ...lot, count: open })
  }
  return { kept, surplus: [...left.values()].flat(), missing }
}

/** What is left of a lot without its first so many. */
function after(lot: StockedLot, taken: number): StockedLot {
  const nodes = taken * nodesPerCount(lot.shape)
  return { ...lot, firstNode: lot.firstNode + nodes, count: lot.count - taken }
}

function byPlace(a: StockedLot, b: StockedLot): number {
  return a.pool === b.pool ? a.firstNode - b.firstNode : a.pool < b.pool ? -1 : 1
}
