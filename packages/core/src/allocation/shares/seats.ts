import type { TopologyNeed } from '../../demand/gang.ts'
import type { FreeIndex } from '../free-index.ts'
import type { MemberNeed } from './member-need.ts'
import type { NodeRoom } from './node-room.ts'

/** So many members on one node. */
export interface Seated {
  readonly node: number
  readonly members: number
}

/** A node, a domain or a block with the members that it would hold: a range of the numbers of what lies in it. */
interface Unit {
  readonly number: number
  readonly seats: number
}

/**
 * Seats for members that are all alike, by count: a node holds as many as its accelerators, cores and memory allow, so they fit
 * exactly where the seats suffice. Best fit at every level: the one unit with the fewest seats that holds all, else the one with
 * most taken whole, and again for the rest; so large holes stay whole for large gangs.
 */
export class Seats {
  readonly #index: FreeIndex
  readonly #room: NodeRoom
  readonly #need: MemberNeed
  readonly #nodes: Float64Array
  readonly #domains: Float64Array
  readonly #blocks: Float64Array
  #total = 0

  /** As things are now; `most` is more than anybody asks for. */
  constructor(index: FreeIndex, room: NodeRoom, need: MemberNeed, most: number) {
    this.#index = index
    this.#room = room
    this.#need = need
    this.#nodes = new Float64Array(index.nodes)
    this.#domains = new Float64Array(index.domains)
    this.#blocks = new Float64Array(index.blocks)
    for (let node = 0; node < index.nodes; node++) this.#count(node, most)
  }

  /** Where the members sit; nothing where they do not fit. */
  choose(members: number, { level, required }: TopologyNeed): readonly Seated[] | undefined {
    if (this.#total < members) return undefined
    const node = fewestHolding(this.#nodes, members)
    if (node >= 0) return [{ node, members }]
    if (level === 'node' && required) return undefined
    const domain = fewestHolding(this.#domains, members)
    if (domain >= 0) return this.#inDomain(domain, members)
    if (level === 'domain' && required) return undefined
    const block = fewestHolding(this.#blocks, members)
    if (block >= 0) return this.#inBlock(block, members)
    if (level === 'block' && required) return undefined
    const blocks = spread(unitsOf(this.#blocks, 0, this.#blocks.length), members)
    return blocks.flatMap(({ number, seats }) => this.#inBlock(number, seats))
  }

  #count(node: number, most: number): void {
    const seats = Math.min(most, this.#room.seatsOn(node, this.#need))
    if (seats === 0) return
    const domain = this.#index.domainOf(node)
    const block = this.#index.blockOf(domain)
    this.#nodes[node] = seats
    this.#domains[domain] = (this.#domains[domain] as number) + seats
    this.#blocks[block] = (this.#blocks[block] as number) + seats
    this.#total += seats
  }

  #inBlock(block: number, members: number): readonly Seated[] {
    const first = this.#index.firstDomainOf(block)
    const domains = unitsOf(this.#domains, first, first + this.#index.domainsOf(block))
    return spread(domains, members).flatMap(({ number, seats }) => this.#inDomain(number, seats))
  }

  #inDomain(domain: number, members: number): readonly Seated[] {
    const first = this.#index.firstNodeOf(domain)
    const nodes = unitsOf(this.#nodes, first, first + this.#index.nodesOf(domain))
    const seated = spread(nodes, members).map(({ number, seats }) => ({ node: number, members: seats }))
    return seated.sort((a, b) => a.node - b.node)
  }
}

/** The unit with the fewest seats that holds so many members, the first among equals; -1 where none does. */
function fewestHolding(seats: Float64Array, members: number): number {
  let best = -1
  let fewest = Number.POSITIVE_INFINITY
  for (let unit = 0; unit < seats.length; unit++) {
    const here = seats[unit] as number
    if (here < members || here >= fewest) continue
    best = unit
    fewest = here
  }
  return best
}

/** The units that have seats, those with most first. */
function unitsOf(seats: Float64Array, from: number, until: number): Unit[] {
  const units: Unit[] = []
  for (let number = from; number < until; number++) {
    const here = seats[number] as number
    if (here > 0) units.push({ number, seats: here })
  }
  return units.sort((a, b) => b.seats - a.seats || a.number - b.number)
}

/** Units with the members that each takes: those with most seats whole, as long as none holds the rest, then the closest. */
function spread(units: readonly Unit[], members: number): readonly Unit[] {
  const taken: Unit[] = []
  let rest = members
  for (const [at, { number, seats }] of units.entries()) {
    if (seats < rest) {
      taken.push({ number, seats })
      rest -= seats
      continue
    }
    const holding = units.slice(at).filter((unit) => unit.seats >= rest)
    const fewest = Math.min(...holding.map((unit) => unit.seats))
    const closest = holding.find((unit) => unit.seats === fewest)
    if (closest) taken.push({ number: closest.number, seats: rest })
    break
  }
  return taken
}
