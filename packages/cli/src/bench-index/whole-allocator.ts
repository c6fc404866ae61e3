import { Allocator } from '@offtake/core/allocation/allocator'
import type { Command } from '@offtake/core/allocation/commands'
import type { AllocationEvent } from '@offtake/core/allocation/events'
import type { Instant } from '@offtake/core/base/instant'
import { poolOf } from '@offtake/core/capacity/pool'
import type { NodeGroup } from '@offtake/core/capacity/topology'
import type { Role } from '@offtake/core/demand/gang'
import type { Tenant } from '@offtake/core/demand/tenant'
import type { Subject } from './subject.ts'
import { DOMAIN_SIZE, sizeOf } from './workload.ts'

const POOL = poolOf({ provider: 'bench', region: 'here', hardware: 'gb200', fabric: 'default' })
const FAMILIES = 4
const TEAMS_PER_FAMILY = 8
const STEP_MS = 10
const TEAMS = Array.from({ length: FAMILIES * TEAMS_PER_FAMILY }, (_, team) => `team-${team}`)

/** The whole allocator: commands checked, quotas over a tree of tenants, events made, and the history after them. */
export class WholeAllocator implements Subject {
  readonly #allocator = new Allocator()
  readonly #roles = new Map<number, readonly Role[]>()
  /** Gangs are numbered anew: an id that has ended never comes back. */
  readonly #ids: string[] = []
  #gangs = 0
  #at = 0

  constructor(fleet: NodeGroup) {
    this.#apply({ kind: 'openPool', pool: POOL })
    this.#apply({ kind: 'addNodes', poolId: POOL.id, nodes: [fleet] })
    this.#apply({ kind: 'setTenants', tenants: tenantsOf(sizeOf(fleet)), noticeMs: 60_000 })
  }

  place(gang: number, accelerators: number): boolean {
    const id = `gang-${this.#gangs++}`
    this.#ids[gang] = id
    const tenant = TEAMS[this.#gangs % TEAMS.length] as string
    const events = this.#apply({
      kind: 'submit',
      gang: {
        id,
        tenant,
        priority: 0,
        roles: this.#rolesOf(accelerators),
        limitMs: 3_600_000,
        restartMs: 0,
        reclaimable: false,
      },
    })
    if (events.some((event) => event.kind === 'placed' && event.gangId === id)) return true
    this.#apply({ kind: 'cancel', gangId: id })
    return false
  }

  release(gang: number): void {
    this.#apply({ kind: 'finish', gangId: this.#ids[gang] ?? '' })
  }

  #apply(command: Command): readonly AllocationEvent[] {
    this.#at += STEP_MS
    return this.#allocator.apply(command, this.#at as Instant)
  }

  /** Gangs of one size share their roles, as those of one kind of work do. */
  #rolesOf(accelerators: number): readonly Role[] {
    const known = this.#roles.get(accelerators)
    if (known) return known
    const isSmall = accelerators <= DOMAIN_SIZE
    const roles: readonly Role[] = [
      {
        name: 'worker',
        members: accelerators,
        acceleratorsPerMember: 1,
        cpuCoresPerMember: 0,
        accepts: [{ hardware: 'gb200', speed: 1 }],
        within: isSmall ? { level: 'domain', required: true } : { level: 'pool', required: true },
      },
    ]
    this.#roles.set(accelerators, roles)
    return roles
  }
}

/** Families of teams that own equal parts of the fleet, a tenth of each family's own shared among its teams. */
function tenantsOf(accelerators: number): Tenant[] {
  const ofFamily = Math.floor(accelerators / FAMILIES)
  const ofTeam = Math.floor((0.9 * ofFamily) / TEAMS_PER_FAMILY)
  const own = (quota: number) => [{ pool: POOL.id, accelerators: quota }]
  const families = Array.from({ length: FAMILIES }, (_, f) => ({
    id: `family-${f}`,
    name: `Family ${f}`,
    quotas: own(ofFamily),
  }))
  const teams = TEAMS.map((id, t) => ({
    id,
    name: `Team ${t}`,
    parent: `family-${t % FAMILIES}`,
    quotas: own(ofTeam),
  }))
  return [...families, ...teams]
}
