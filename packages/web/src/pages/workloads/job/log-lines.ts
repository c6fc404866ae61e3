/** Lines that are kept: more would fill the memory of the browser. */
const MOST_LINES = 100_000

/** How many go at once where there are too many. */
const GO_AT_ONCE = 10_000

/** What of a line is kept: nobody reads further, and to lay it out would take long. */
const MOST_CHARACTERS = 2_000

/** Marks by which a terminal colours what it shows (ECMA-48), which are no text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are meant
const TERMINAL_MARKS = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g

/** The latest lines of what a process says, however much it says. */
export class LogLines {
  #lines: string[] = []
  /** The last line, which may go on. */
  #open = ''
  #gone = 0

  /** How many came before those that are kept. */
  get gone(): number {
    return this.#gone
  }

  get count(): number {
    return this.#lines.length + (this.#open === '' ? 0 : 1)
  }

  append(text: string): void {
    const pieces = text.split('\n')
    const last = pieces.pop() ?? ''
    for (const piece of pieces) {
      this.#lines.push(shown(this.#open + piece))
      this.#open = ''
    }
    // A line that never ends takes no more room than one that does.
    const open = this.#open + last
    this.#open = open.length > 4 * MOST_CHARACTERS ? open.slice(0, 2 * MOST_CHARACTERS) : open
    if (this.#lines.length <= MOST_LINES) return
    const going = this.#lines.length - MOST_LINES + GO_AT_ONCE
    this.#lines = this.#lines.slice(going)
    this.#gone += going
  }

  /** Those from one on, before another. */
  slice(from: number, until: number): readonly string[] {
    const some = this.#lines.slice(from, until)
    return until > this.#lines.length && from <= this.#lines.length && this.#open !== ''
      ? [...some, shown(this.#open)]
      : some
  }
}

/** As a terminal would leave it: what is written over is gone, and so are its marks. */
function shown(line: string): string {
  const plain = line.includes('\u001b') ? line.replace(TERMINAL_MARKS, '') : line
  const kept = plain.endsWith('\r') ? plain.slice(0, -1) : plain
  const last = kept.slice(kept.lastIndexOf('\r') + 1)
  return last.length > MOST_CHARACTERS ? `${last.slice(0, MOST_CHARACTERS)}…` : last
}
