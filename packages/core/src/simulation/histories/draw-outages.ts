import type { Prng } from '../../base/prng.ts'
import type { OutageScope } from '../../capacity/outage-scope.ts'
import type { Pool } from '../../capacity/pool.ts'
import type { TimedCommand } from '../simulator.ts'
import { moment, pick, type Wildness } from './wildness.ts'

/** Outages at once and announced ones, over one another, some never begun and some never ended before the last gang is asked for. */
export function drawOutages(
  chance: Prng,
  pools: readonly Pool[],
  { isCalm, ticks }: Wildness,
): TimedCommand[] {
  if (isCalm || chance.below(2) === 0) return []
  return Array.from({ length: 1 + chance.below(6) }, (_, n) => {
    const told = { outageId: `o${chance.below(8) === 0 ? 0 : n}`, of: drawScope(chance, pools) }
    const from = chance.below(ticks)
    const until = from + chance.below(40)
    const by = moment(from + chance.below(25))
    const isAnnounced = chance.below(2) === 0
    const begins = isAnnounced
      ? ({ kind: 'drain', ...told, by } as const)
      : ({ kind: 'beginOutage', ...told, ...(n % 3 === 0 ? { because: 'spotLost' as const } : {}) } as const)
    return [
      { at: moment(from), command: begins },
      { at: moment(until), command: { kind: 'endOutage' as const, outageId: told.outageId } },
    ]
  }).flat()
}

function drawScope(chance: Prng, pools: readonly Pool[]): OutageScope {
  const { id: poolId, provider, region } = pick(chance, pools)
  const kind = pick(chance, ['provider', 'pool', 'domain', 'domain', 'nodes', 'nodes'] as const)
  switch (kind) {
    case 'provider':
      return chance.below(2) === 0 ? { kind, provider } : { kind, provider, region }
    case 'pool':
      return { kind, poolId: chance.below(12) === 0 ? 'nowhere' : poolId }
    case 'domain':
      return { kind, poolId, domain: chance.below(4) }
    case 'nodes':
      return { kind, poolId, firstNode: chance.below(6), nodes: chance.below(6) }
  }
}
