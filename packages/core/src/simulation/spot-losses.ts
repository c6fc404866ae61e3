import { DAY_MS, type Instant, later } from '../base/instant.ts'
import { mergeByTime } from '../base/merge-by-time.ts'
import type { Prng } from '../base/prng.ts'
import { nodesIn } from '../capacity/topology.ts'
import type { TimedCommand } from './simulator.ts'
import type { Delivery } from './supply.ts'

/**
 * The nodes that providers take back from spot capacity, and when they are offered again, in order of time and drawn one after the
 * other. Every delivery has its own chance, and what is lost depends on nothing that the allocator decides.
 */
export function spotLossCommands(deliveries: readonly Delivery[], chance: Prng): Iterable<TimedCommand> {
  const streams = deliveries.flatMap((delivery) => {
    const key = `${delivery.pool.id} from node ${delivery.firstNode}`
    return delivery.losses && nodesIn(delivery.groups) > 0 ? [lossesOf(delivery, key, chance.fork(key))] : []
  })
  return mergeByTime(streams, ({ at }) => at)
}

/** A Poisson process over all nodes of the delivery; a node that is away is not taken again. */
function* lossesOf(
  { pool, groups, firstNode, start, until, losses }: Delivery,
  key: string,
  chance: Prng,
): Generator<TimedCommand> {
  const nodes = nodesIn(groups)
  const perMs = ((losses?.perNodeDay ?? 0) * nodes) / DAY_MS
  const away: { readonly node: number; readonly back: Instant; readonly outageId: string }[] = []
  let exact: number = start
  for (let n = 0; perMs > 0; n++) {
    exact -= Math.log(1 - chance.next()) / perMs
    if (exact >= until) break
    const at = Math.floor(exact) as Instant
    yield* backBy(away, at)
    const node = firstNode + chance.below(nodes)
    if (away.some((gone) => gone.node === node)) continue
    const outageId = `spot ${key}, ${n + 1}`
    const of = { kind: 'nodes', poolId: pool.id, firstNode: node, nodes: 1 } as const
    yield { at, command: { kind: 'beginOutage', outageId, of, because: 'spotLost' } }
    away.push({ node, back: later(at, losses?.awayMs ?? 0), outageId })
  }
  yield* backBy(away, until)
}

/** All are away for equally long, so who went first is back first. */
function* backBy(
  away: { readonly back: Instant; readonly outageId: string }[],
  at: Instant,
): Generator<TimedCommand> {
  for (let gone = away[0]; gone && gone.back <= at; gone = away[0]) {
    away.shift()
    yield { at: gone.back, command: { kind: 'endOutage', outageId: gone.outageId } }
  }
}
