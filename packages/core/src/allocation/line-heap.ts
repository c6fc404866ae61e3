import type { KindLine } from './kind-line.ts'

/** Lines that are shown together: the first is the one that stands at the gang that came earliest. A binary heap. */
export class LineHeap {
  readonly #lines: KindLine[] = []

  get first(): KindLine | undefined {
    return this.#lines[0]
  }

  clear(): void {
    this.#lines.length = 0
  }

  add(line: KindLine): void {
    const lines = this.#lines
    let at = lines.length
    lines.push(line)
    for (
      let parent = (at - 1) >> 1;
      at > 0 && line.seq < (lines[parent] as KindLine).seq;
      parent = (at - 1) >> 1
    ) {
      lines[at] = lines[parent] as KindLine
      at = parent
    }
    lines[at] = line
  }

  /** Puts the first line where it belongs after it went on, or takes it out. */
  moveFirst(isOver: boolean): void {
    const lines = this.#lines
    const line = isOver ? lines.pop() : lines[0]
    if (!line || lines.length === 0) return
    let at = 0
    for (let child = 1; child < lines.length; child = 2 * at + 1) {
      const other = child + 1
      if (other < lines.length && (lines[other] as KindLine).seq < (lines[child] as KindLine).seq)
        child = other
      if ((lines[child] as KindLine).seq >= line.seq) break
      lines[at] = lines[child] as KindLine
      at = child
    }
    lines[at] = line
  }
}
