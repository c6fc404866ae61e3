import { Allocator } from '../allocation/allocator.ts'
import type { Command } from '../allocation/commands.ts'
import type { AllocationEvent } from '../allocation/events.ts'
import type { QueuePolicy } from '../allocation/policies/queue-policy.ts'
import { HOUR_MS, type Instant } from '../base/instant.ts'
import { type Pool, poolOf } from '../capacity/pool.ts'
import type { NodeGroup } from '../capacity/topology.ts'
import type { Gang, Role } from '../demand/gang.ts'

export const POOL: Pool = poolOf({ provider: 'p', region: 'r', hardware: 'gpu', fabric: 'default' })

/** Hours after the beginning of time. */
export function at(hours: number): Instant {
  return (hours * HOUR_MS) as Instant
}

/** `members` × `each` accelerators anywhere in a pool, unless said otherwise. */
export function role(members: number, each: number, more: Partial<Role> = {}): Role {
  return {
    name: 'worker',
    members,
    acceleratorsPerMember: each,
    cpuCoresPerMember: 0,
    accepts: [{ hardware: 'gpu', speed: 1 }],
    within: { level: 'pool', required: true },
    ...more,
  }
}

export function gang(id: string, roles: Role | readonly Role[], more: Partial<Gang> = {}): Gang {
  const list = 'name' in roles ? [roles] : roles
  return { id, tenant: 't', priority: 0, roles: list, restartMs: 0, reclaimable: true, ...more }
}

/** An allocator on one pool of the groups, with what tests ask of it. */
export class SmallFleet {
  readonly allocator: Allocator
  readonly events: AllocationEvent[] = []

  constructor(groups: readonly Partial<NodeGroup>[], policy?: QueuePolicy) {
    this.allocator = new Allocator(policy)
    this.tell({ kind: 'openPool', pool: POOL }, 0)
    const nodes = groups.map((group) => ({
      domains: 1,
      nodesPerDomain: 1,
      acceleratorsPerNode: 8,
      domainsPerBlock: 1,
      ...group,
    }))
    this.tell({ kind: 'addNodes', poolId: POOL.id, nodes }, 0)
  }

  /** Gives a command at an hour; returns the kinds of what followed with their gangs. */
  tell(command: Command, hours: number): string[] {
    const events = this.allocator.apply(command, at(hours))
    this.events.push(...events)
    return events.map((event) => ('gangId' in event ? `${event.kind} ${event.gangId}` : event.kind))
  }

  submit(submitted: Gang, hours: number): string[] {
    return this.tell({ kind: 'submit', gang: submitted }, hours)
  }

  finish(gangId: string, hours: number): string[] {
    return this.tell({ kind: 'finish', gangId }, hours)
  }

  /** The nodes that the gang holds, each as often as it has accelerators there. */
  nodesOf(gangId: string): number[] {
    const parts = this.allocator.state.gangs.get(gangId)?.parts ?? []
    return parts.flatMap(({ runs }) =>
      runs.flatMap(({ first, nodes, each }) =>
        Array.from({ length: nodes * each }, (_, n) => first + Math.floor(n / each)),
      ),
    )
  }
}
