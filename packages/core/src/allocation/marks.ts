/** Marks on numbered things, all wiped in one step: a mark is the number of the round in which it was made. */
export class Marks {
  #rounds = new Int32Array(16)
  #round = 1

  /** Makes room for so many things. */
  open(things: number): void {
    if (things <= this.#rounds.length) return
    const larger = new Int32Array(Math.max(things, this.#rounds.length * 2))
    larger.set(this.#rounds)
    this.#rounds = larger
  }

  mark(thing: number): void {
    this.#rounds[thing] = this.#round
  }

  isMarked(thing: number): boolean {
    return this.#rounds[thing] === this.#round
  }

  /** Rounds begin anew before the numbers end. */
  wipe(): void {
    this.#round += 1
    if (this.#round < 0x7fffffff) return
    this.#rounds.fill(0)
    this.#round = 1
  }
}
