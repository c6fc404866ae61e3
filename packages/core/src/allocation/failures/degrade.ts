import type { Command } from '../commands.ts'
import { elasticPart } from '../elastic/growth.ts'
import { membersGrown } from '../elastic/shrink.ts'
import type { NodeRun } from '../events.ts'
import type { PassContext } from '../pass-context.ts'

/** The node is as fast as said from now on, and so is every gang that sits on it and on none that is slower. */
export function degradeNode(
  { state, at, emit }: PassContext,
  { poolId, node, speed }: Extract<Command, { kind: 'degradeNode' }>,
): void {
  emit({ kind: 'nodeDegraded', at, poolId, node, speed })
  const pool = state.pool(poolId)
  const hit = new Set(pool.holders.on(node, node + 1))
  for (const gang of state.growth.elastic)
    if (elasticPart(gang).poolId === poolId && gang.grown.some((run) => isOn(run, node))) hit.add(gang)
  for (const gang of [...hit].sort((a, b) => a.seq - b.seq)) {
    const pace = state.speedOf(gang, gang.parts, gang.grown.length > 0 ? membersGrown(gang) : 0)
    if (pace !== gang.speed) emit({ kind: 'paceChanged', at, gangId: gang.gang.id, speed: pace })
  }
}

function isOn({ first, nodes }: NodeRun, node: number): boolean {
  return first <= node && node < first + nodes
}
