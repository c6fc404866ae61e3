import type { AllocationState } from '../allocation-state.ts'
import type { NodeRun } from '../events.ts'
import type { GangState } from '../gang-state.ts'
import { joined } from '../member-runs.ts'
import type { PoolState } from '../pool-state.ts'
import type { Growing, Option } from './growing.ts'
import { elasticPart, elasticRoleOf, partsWith } from './growth.ts'
import { moreRoom } from './more-room.ts'
import { keptOf } from './shrink.ts'

/**
 * What each gang would have grown by as near to the wanted sizes as the nodes, and its tenant's limits of borrowing, allow: who
 * finds no room for all of it takes its next smaller size. Changes nothing.
 */
export function tryDivision(
  state: AllocationState,
  pool: PoolState,
  growing: readonly Growing[],
  wanted: ReadonlyMap<GangState, Option>,
): ReadonlyMap<GangState, readonly NodeRun[]> {
  const found = new Map<GangState, readonly NodeRun[]>()
  for (const { gang, now } of growing) {
    const members = wanted.get(gang)?.members ?? now
    found.set(gang, members < now ? keptOf(gang, members) : gang.grown)
  }
  const hold = (sign: 1 | -1): void => {
    for (const [gang, grown] of found) {
      if (sign === 1) pool.free.take(grown)
      else pool.free.give(grown)
      chargeGrown(state, gang, grown, sign)
    }
  }
  hold(1)
  const larger = growing.filter(({ gang, now }) => (wanted.get(gang)?.members ?? now) > now)
  for (const each of larger.sort(
    (a, b) => rankOf(b, wanted) - rankOf(a, wanted) || a.gang.seq - b.gang.seq,
  )) {
    const grown = growOn(state, pool, each, wanted.get(each.gang)?.members ?? 0)
    if (grown) found.set(each.gang, grown)
  }
  hold(-1)
  return found
}

/** What it gains by accelerator. */
function rankOf({ gang, options, now }: Growing, wanted: ReadonlyMap<GangState, Option>): number {
  const to = wanted.get(gang)
  const from = options.find(({ members }) => members === now)
  return to && from ? (to.worth - from.worth) / (to.accelerators - from.accelerators) : 0
}

/** Takes what it finds. */
function growOn(
  state: AllocationState,
  { free }: PoolState,
  { gang, options, now }: Growing,
  most: number,
): readonly NodeRun[] | undefined {
  const role = elasticRoleOf(gang)
  const held = joined(elasticPart(gang).runs, gang.grown)
  for (const { members } of options.toReversed()) {
    if (members > most) continue
    if (members <= now) return undefined
    const more = moreRoom(free, held, role, members - now)
    const grown = more && joined(gang.grown, more)
    if (!more || !grown || !mayHold(state, gang, grown)) continue
    free.take(more)
    chargeGrown(state, gang, more, 1)
    return grown
  }
  return undefined
}

function mayHold({ accounts }: AllocationState, gang: GangState, grown: readonly NodeRun[]): boolean {
  if (!accounts.hasQuotas) return true
  const { tenant } = gang.gang
  const before = partsWith(gang, gang.grown)
  accounts.chargeParts(tenant, before, -1)
  const { isAllowed } = accounts.borrowingOf(tenant, partsWith(gang, grown))
  accounts.chargeParts(tenant, before, 1)
  return isAllowed
}

function chargeGrown(
  { accounts }: AllocationState,
  gang: GangState,
  runs: readonly NodeRun[],
  sign: 1 | -1,
): void {
  if (accounts.hasQuotas && runs.length > 0)
    accounts.chargeParts(gang.gang.tenant, [{ ...elasticPart(gang), runs, cpuCores: 0 }], sign)
}
