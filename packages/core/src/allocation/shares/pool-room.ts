import type { NodeGroup } from '../../capacity/topology.ts'
import type { Role } from '../../demand/gang.ts'
import type { NodeRun } from '../events.ts'
import type { FreeIndex } from '../free-index.ts'
import type { LearntMix } from './learnt-mix.ts'
import { LeastLossyNode } from './least-lossy-node.ts'
import { needOf } from './member-need.ts'
import { NodeRoom } from './node-room.ts'
import { runsFor, shareRun } from './runs-for.ts'
import { Seats } from './seats.ts'

/**
 * Where members sit in a pool that shares accelerators out, or whose nodes state cores or memory. Nothing that fits is refused.
 *
 * A gang of one role that one node can hold goes to the node where least is lost; a larger one, and the roles of a gang of
 * several, by best fit in seats: those decide by what is free alone, so that what one of them was promised stays true.
 */
export class PoolRoom {
  readonly nodes: NodeRoom
  readonly #index: FreeIndex
  readonly #hardware: string
  readonly #mix: LearntMix
  #lossy: LeastLossyNode | undefined
  #mixVersion = -1

  constructor(of: {
    readonly index: FreeIndex
    readonly groups: readonly NodeGroup[]
    readonly hardware: string
    readonly mix: LearntMix
  }) {
    this.#index = of.index
    this.#hardware = of.hardware
    this.#mix = of.mix
    this.nodes = new NodeRoom(of.index, of.groups)
  }

  add(groups: readonly NodeGroup[]): void {
    this.nodes.add(groups)
    this.#lossy = undefined
  }

  /** The room of the same nodes, as `index` has them, when nothing runs on them. */
  emptied(index: FreeIndex, groups: readonly NodeGroup[]): PoolRoom {
    return new PoolRoom({ index, groups, hardware: this.#hardware, mix: this.#mix })
  }

  /** Whether the role's members need more of a node than accelerators; those that do not are placed as in any other pool. */
  concerns(role: Role): boolean {
    if (role.acceleratorMilliPerMember !== undefined) return true
    return role.acceleratorsPerMember > 0 ? this.nodes.isStated : this.nodes.statesCores
  }

  /** Changes nothing. `isSole`: the gang has no other role. */
  choose(role: Role, isSole: boolean): NodeRun[] | undefined {
    const need = needOf(role)
    const sharesNode = isSole ? this.#onLeastLossy(role) : undefined
    if (sharesNode) return sharesNode
    const seated = new Seats(this.#index, this.nodes, need, role.members).choose(role.members, role.within)
    return seated && runsFor(this.nodes, need, seated)
  }

  /** Whether the role would fit if nothing ran and no node but these, which stand by, were out. */
  couldHold(role: Role, spares: ReadonlySet<number>): boolean {
    const need = needOf(role)
    const { level, required } = role.within
    let unit = -1
    let seats = 0
    for (let node = 0; node < this.nodes.nodes; node++) {
      const at = required ? this.#unitOf(level, node) : 0
      if (at !== unit) seats = 0
      unit = at
      if (!this.#index.isRetired(node) && !spares.has(node)) seats += this.nodes.seatsBuilt(node, need)
      if (seats >= role.members) return true
    }
    return false
  }

  #onLeastLossy(role: Role): NodeRun[] | undefined {
    const need = needOf(role)
    const lossy = this.#current()
    const node = lossy.find(need, role.members)
    if (node < 0) return undefined
    if (need.milli === 0) return runsFor(this.nodes, need, [{ node, members: role.members }])
    return [shareRun(this.nodes, need, { node, slot: lossy.slot, members: role.members })]
  }

  #current(): LeastLossyNode {
    if (this.#lossy && this.#mixVersion === this.#mix.version) return this.#lossy
    this.#mixVersion = this.#mix.version
    this.#lossy = new LeastLossyNode(this.nodes, this.#mix, this.#hardware, (node) =>
      this.#breaksDomain(node),
    )
    return this.#lossy
  }

  /** A domain of several nodes that nobody uses stays whole as long as another holds the members. */
  #breaksDomain(node: number): boolean {
    const domain = this.#index.domainOf(node)
    return this.#index.nodesOf(domain) > 1 && this.#index.isWhole(domain)
  }

  /** Nodes of one domain, and of one block, follow one another. */
  #unitOf(level: Role['within']['level'], node: number): number {
    if (level === 'pool') return 0
    if (level === 'node') return node
    const domain = this.#index.domainOf(node)
    return level === 'domain' ? domain : this.#index.blockOf(domain)
  }
}

/** Whether gangs of these roles need rooms in the pools that they accept. */
export function haveShares(roles: readonly Role[]): boolean {
  return roles.some(({ acceleratorMilliPerMember }) => acceleratorMilliPerMember !== undefined)
}

/** Whether the groups say more of their nodes than accelerators. */
export function stateNodes(groups: readonly NodeGroup[]): boolean {
  return groups.some((group) => group.cpuCoresPerNode !== undefined || group.memoryMiBPerNode !== undefined)
}
