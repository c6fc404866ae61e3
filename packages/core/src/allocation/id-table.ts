/** What a slot holds, two numbers a slot: the hash of an id, and the number that it got, plus one; zeros where it is free. */
const SLOT = { hash: 0, number: 1 } as const

/**
 * Numbers ids in the order in which they come. An open table of hashes: in a table of a million ids a look costs what it
 * misses in the cache, and here that is one line, and the id itself where the hash is found.
 */
export class IdTable {
  readonly #ids: string[] = []
  /** At least twice as many slots as ids; a power of two. */
  #slots = new Int32Array(2 * 256)
  /** The id that was looked for last, its hash, and the slot where it is or would be. */
  #sought = ''
  #hash = hashOf('')
  #slot = 0

  get size(): number {
    return this.#ids.length
  }

  /** The number of an id, or -1. */
  numberOf(id: string): number {
    this.#seek(id)
    return (this.#slots[2 * this.#slot + SLOT.number] as number) - 1
  }

  /** Gives a new id the next number. */
  add(id: string): number {
    this.#seek(id)
    this.#slots[2 * this.#slot + SLOT.hash] = this.#hash
    this.#slots[2 * this.#slot + SLOT.number] = this.#ids.push(id)
    if (4 * this.#ids.length > this.#slots.length) this.#grow()
    return this.#ids.length - 1
  }

  #seek(id: string): void {
    if (id !== this.#sought) {
      this.#sought = id
      this.#hash = hashOf(id)
    }
    const slots = this.#slots
    const mask = slots.length / 2 - 1
    let slot = this.#hash & mask
    for (let number = slots[2 * slot + SLOT.number] as number; number > 0; ) {
      if (slots[2 * slot + SLOT.hash] === this.#hash && this.#ids[number - 1] === id) break
      slot = (slot + 1) & mask
      number = slots[2 * slot + SLOT.number] as number
    }
    this.#slot = slot
  }

  #grow(): void {
    const before = this.#slots
    const slots = new Int32Array(2 * before.length)
    const mask = slots.length / 2 - 1
    for (let at = 0; at < before.length; at += 2) {
      if (before[at + SLOT.number] === 0) continue
      let slot = (before[at + SLOT.hash] as number) & mask
      while (slots[2 * slot + SLOT.number] !== 0) slot = (slot + 1) & mask
      slots[2 * slot + SLOT.hash] = before[at + SLOT.hash] as number
      slots[2 * slot + SLOT.number] = before[at + SLOT.number] as number
    }
    this.#slots = slots
  }
}

/** FNV-1a by 16-bit units (G. Fowler, L. C. Noll, K.-P. Vo), its high bits mixed into the low ones, by which slots are chosen. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash ^ (hash >>> 15)
}
