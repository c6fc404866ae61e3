import Table from 'cli-table3'
import pc from 'picocolors'

/** Where a command writes: results to `out`, all else to `err`; plain text where that is no terminal. */
export interface Output {
  readonly json: boolean
  print(text: string): void
  /** A table with a header row; columns of numbers are aligned right. */
  table(head: readonly string[], rows: readonly (readonly string[])[]): void
  /** One JSON document on standard output. */
  document(value: unknown): void
  problem(text: string): void
  note(text: string): void
}

export function createOutput(json: boolean): Output {
  return {
    json,
    print: (text) => process.stdout.write(`${text}\n`),
    table: (head, rows) => process.stdout.write(`${renderTable(head, rows)}\n`),
    document: (value) => process.stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    problem: (text) => process.stderr.write(`${text}\n`),
    note: (text) => process.stderr.write(`${pc.dim(text)}\n`),
  }
}

const NUMERIC = /^(?:–|[-+~<]?[\d.,]+(?:\s?(?:%|×|h|tn|bn|m|k|[A-Z]{3}))*)$/
const PLAIN = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const

function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const align = head.map((_, column) =>
    rows.every((row) => NUMERIC.test(row[column] ?? '') || row[column] === ''),
  )
  const table = new Table({
    head: head.map((title) => pc.dim(title)),
    chars: { ...PLAIN },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: align.map((right) => (right && rows.length > 0 ? 'right' : 'left')),
  })
  table.push(...rows.map((row) => [...row]))
  return table.toString().replace(/[ \t]+$/gm, '')
}
