import { NodeSets } from './node-sets.ts'

/** Domains of one shape that follow one another: where a node or a domain lies in them is a matter of counting. */
class Stretch {
  readonly firstNode: number
  readonly firstDomain: number
  untilNode: number
  untilDomain: number
  /** What is free on the nodes; the first domain has number 0 in it. */
  readonly sets: NodeSets

  constructor(firstNode: number, firstDomain: number, sets: NodeSets) {
    this.firstNode = firstNode
    this.firstDomain = firstDomain
    this.untilNode = firstNode
    this.untilDomain = firstDomain
    this.sets = sets
  }

  domainOf(node: number): number {
    return this.firstDomain + (((node - this.firstNode) / this.sets.nodesPerDomain) | 0)
  }

  firstNodeOf(domain: number): number {
    return this.firstNode + (domain - this.firstDomain) * this.sets.nodesPerDomain
  }
}

/** All nodes of a pool as stretches of equal domains. Most pools are a single one. */
export class Stretches {
  readonly #all: Stretch[] = []
  /** The one that was asked for last. */
  #latest = new Stretch(0, 0, new NodeSets(1, 1))

  /** Adds a domain behind those there are. */
  open(nodes: number, largest: number): void {
    const before = this.#all.at(-1) ?? this.#latest
    let stretch = before
    if (this.#all.length === 0 || before.sets.nodesPerDomain !== nodes || before.sets.largest !== largest) {
      stretch = new Stretch(before.untilNode, before.untilDomain, new NodeSets(nodes, largest))
      this.#all.push(stretch)
    }
    stretch.sets.open(stretch.untilDomain - stretch.firstDomain)
    stretch.untilNode += nodes
    stretch.untilDomain += 1
    this.#latest = stretch
  }

  ofNode(node: number): Stretch {
    const latest = this.#latest
    return node >= latest.firstNode && node < latest.untilNode ? latest : this.#find('untilNode', node)
  }

  ofDomain(domain: number): Stretch {
    const latest = this.#latest
    return domain >= latest.firstDomain && domain < latest.untilDomain
      ? latest
      : this.#find('untilDomain', domain)
  }

  #find(until: 'untilNode' | 'untilDomain', number: number): Stretch {
    let low = 0
    let high = this.#all.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#all[middle] as Stretch)[until] <= number) low = middle + 1
      else high = middle
    }
    this.#latest = this.#all[low] as Stretch
    return this.#latest
  }
}
