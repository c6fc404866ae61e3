import type { Prng } from '../../base/prng.ts'
import type { Pool } from '../../capacity/pool.ts'
import type { Upkeep } from '../../capacity/upkeep.ts'
import type { TimedCommand } from '../simulator.ts'
import { moment, pick, TICK_MS, type Wildness } from './wildness.ts'

/** Now and then nodes stand by, or repeated offenders are kept out. */
export function keptUp(chance: Prng, pool: Pool, { isCalm }: Wildness): Pool {
  if (isCalm || chance.below(3) > 0) return pool
  const upkeep: Upkeep = {
    ...(chance.below(2) === 0 ? { sparesPerDomain: pick(chance, [1, 1, 2]) } : {}),
    ...(chance.below(2) === 0 ? { offenders: drawRule(chance) } : {}),
  }
  return { ...pool, upkeep }
}

/** Nodes that become slow, and some of them fast again. */
export function drawDegrading(
  chance: Prng,
  pools: readonly Pool[],
  { isCalm, ticks }: Wildness,
): TimedCommand[] {
  if (isCalm || chance.below(3) > 0) return []
  return Array.from({ length: 1 + chance.below(8) }, () => ({
    at: moment(chance.below(ticks)),
    command: {
      kind: 'degradeNode' as const,
      poolId: pick(chance, pools).id,
      node: chance.below(6),
      speed: pick(chance, [0.5, 0.5, 0.7, 1, 1]),
    },
  }))
}

function drawRule(chance: Prng) {
  return {
    failures: 1 + chance.below(2),
    withinMs: (1 + chance.below(100)) * TICK_MS,
    keepOutForMs: chance.below(20) * TICK_MS,
  }
}
