import type { TopologyNeed } from '../../demand/gang.ts'
import type { AllocationState } from '../allocation-state.ts'
import type { Part } from '../events.ts'
import type { FreeIndex } from '../free-index.ts'
import type { GangState } from '../gang-state.ts'
import { cpuCoresOf } from '../shape.ts'

/** Whether the parts, which may come from anywhere, are what the gang's roles ask for; whether they are free is not asked. */
export function arePartsOf(state: AllocationState, { shape }: GangState, parts: readonly Part[]): boolean {
  return (
    parts.length === shape.roles.length &&
    shape.roles.every((role, r) => {
      const part = parts[r] as Part
      const pool = state.poolById.get(part.poolId)
      if (!pool || part.role !== role.name || part.cpuCores !== cpuCoresOf(role)) return false
      if (!shape.pools[r]?.includes(pool.number)) return false
      const each = role.acceleratorsPerMember
      if (each === 0) return part.runs.length === 0
      const areGood = part.runs.every(
        (run) =>
          [run.first, run.nodes, run.each].every((count) => Number.isSafeInteger(count) && count >= 0) &&
          run.nodes > 0 &&
          run.each > 0 &&
          run.each % each === 0 &&
          pool.free.areWorking(run.first, run.nodes),
      )
      const held = part.runs.reduce((sum, run) => sum + run.nodes * run.each, 0)
      return areGood && held === role.members * each && isWithin(pool.free, part, role.within)
    })
  )
}

function isWithin(index: FreeIndex, { runs }: Part, { level, required }: TopologyNeed): boolean {
  if (!required || level === 'pool') return true
  const ends = runs.flatMap(({ first, nodes }) => [first, first + nodes - 1])
  const units = ends.map((node) => {
    if (level === 'node') return node
    return level === 'domain' ? index.domainOf(node) : index.blockOf(index.domainOf(node))
  })
  return new Set(units).size === 1
}
