import { fillDomain, membersIn } from './fill-domain.ts'
import type { FreeIndex } from './free-index.ts'

/** A placement over several domains in the making, written to what the index has chosen. */
export class Spread {
  /** Members that have no place yet. */
  remaining: number
  readonly #index: FreeIndex
  readonly #each: number
  readonly #blocks = new Set<number>()

  constructor(index: FreeIndex, members: number, each: number) {
    this.#index = index
    this.#each = each
    this.remaining = members
    index.chosen.clear()
    index.marks.wipe()
  }

  isDone(): boolean {
    return this.remaining === 0
  }

  hasSeen(block: number): boolean {
    return this.#blocks.has(block)
  }

  /** Takes wholly free domains of the block as long as each is needed whole. */
  takeWhole(block: number): this {
    this.#blocks.add(block)
    const first = this.#index.firstDomainOf(block)
    const until = first + this.#index.domainsOf(block)
    for (let domain = first; domain < until && this.remaining > 0; domain++) {
      if (this.#index.isWhole(domain) && membersIn(this.#index, domain, this.#each) <= this.remaining)
        this.#takeDomain(domain)
    }
    return this
  }

  /** Takes the fullest domain of the block that holds all that is left, if there is one. */
  takeClosestIn(block: number): this {
    if (this.remaining === 0) return this
    const first = this.#index.firstDomainOf(block)
    const until = first + this.#index.domainsOf(block)
    let closest = -1
    let least = Number.POSITIVE_INFINITY
    for (let domain = first; domain < until; domain++) {
      if (this.#free(domain) >= least || this.#index.marks.isMarked(domain)) continue
      if (membersIn(this.#index, domain, this.#each) < this.remaining) continue
      closest = domain
      least = this.#free(domain)
    }
    return closest < 0 ? this : this.#takeDomain(closest)
  }

  /** Takes what else is free in the block, emptiest domains first, so that few domains are touched. */
  takeAllOf(block: number): this {
    const domains = this.#unusedOf(block).sort((a, b) => this.#free(b) - this.#free(a) || a - b)
    for (const domain of domains) {
      this.takeClosestIn(block)
      if (this.remaining === 0) break
      this.#takeDomain(domain)
    }
    return this
  }

  /** The fullest domain that holds all that is left, else the emptiest ones in turn. */
  takeRest(): this {
    for (
      let domain = this.#index.nextEmptiest();
      domain >= 0 && this.remaining > 0;
      domain = this.#index.nextEmptiest(domain)
    ) {
      if (this.#index.marks.isMarked(domain)) continue
      const closest = this.#closestDomain()
      if (closest >= 0) return this.#takeDomain(closest)
      this.#takeDomain(domain)
    }
    return this
  }

  #closestDomain(): number {
    const accelerators = this.remaining * this.#each
    for (
      let domain = this.#index.nextFullest(accelerators);
      domain >= 0;
      domain = this.#index.nextFullest(accelerators, domain)
    ) {
      if (!this.#index.marks.isMarked(domain) && membersIn(this.#index, domain, this.#each) >= this.remaining)
        return domain
    }
    return -1
  }

  #unusedOf(block: number): number[] {
    const domains: number[] = []
    const first = this.#index.firstDomainOf(block)
    const until = first + this.#index.domainsOf(block)
    for (let domain = first; domain < until; domain++) {
      if (!this.#index.marks.isMarked(domain)) domains.push(domain)
    }
    return domains
  }

  #free(domain: number): number {
    return this.#index.freeInDomain(domain)
  }

  #takeDomain(domain: number): this {
    const members = Math.min(this.remaining, membersIn(this.#index, domain, this.#each))
    this.#index.marks.mark(domain)
    if (members > 0) {
      fillDomain(this.#index, domain, members, this.#each)
      this.remaining -= members
    }
    return this
  }
}
