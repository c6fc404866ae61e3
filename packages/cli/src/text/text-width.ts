const PIPED_WIDTH = 120
const NARROWEST = 60

/** How wide the output may be: the terminal's width, else what COLUMNS says, or a page's where neither is known. */
export function outputWidth(): number {
  const stated = Number(process.env.COLUMNS)
  const columns = process.stdout.columns ?? (stated > 0 ? stated : PIPED_WIDTH)
  return Math.max(NARROWEST, Math.floor(columns))
}

/** Breaks a text at its spaces (not at no-break ones) into lines of at most so many characters; a longer word stays whole. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/ +/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

const GAP = 2
const NARROWEST_COLUMN = 13

/** A table whose columns may be too many for the width. */
export interface WideTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Headings of columns that can be left out, the first one first. */
  readonly dispensable?: readonly string[]
}

/** The same table without what it can do without, and with the text of its last column wrapped, so that it fits the width. */
export function fitted({ head, rows, dispensable = [] }: WideTable, width: number): WideTable {
  const room = width - widthBeforeLast(head, rows)
  const [leastNeeded, ...others] = dispensable
  if (room < NARROWEST_COLUMN && leastNeeded !== undefined) {
    const column = head.indexOf(leastNeeded)
    const without = (row: readonly string[]): string[] => row.filter((_, i) => i !== column)
    return fitted({ head: without(head), rows: rows.map(without), dispensable: others }, width)
  }
  const last = Math.max(NARROWEST_COLUMN, room)
  return { head, rows: rows.map((row) => [...row.slice(0, -1), wrapped(row.at(-1) ?? '', last).join('\n')]) }
}

function widthBeforeLast(head: readonly string[], rows: readonly (readonly string[])[]): number {
  return head
    .slice(0, -1)
    .map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
    .reduce((sum, size) => sum + size + GAP, 0)
}
