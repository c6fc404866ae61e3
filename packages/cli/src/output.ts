import Table from 'cli-table3'
import pc from 'picocolors'
import { outputWidth, wrapped } from './text/text-width.ts'
import { visibleText } from './text/visible-text.ts'

/** Where a command writes: results to `out`, all else to `err`; plain text where that is no terminal. */
export interface Output {
  readonly json: boolean
  print(text: string): void
  /** A sentence, in as many lines as it needs. */
  paragraph(text: string): void
  /** A table with a header row; columns of numbers are aligned right. */
  table(head: readonly string[], rows: readonly (readonly string[])[]): void
  /** One JSON document on standard output. */
  document(value: unknown): void
  problem(text: string): void
  note(text: string): void
}

export function createOutput(json: boolean): Output {
  const print = (text: string): void => write(process.stdout, text)
  return {
    json,
    print,
    paragraph: (text) => print(wrapped(text, outputWidth()).join('\n')),
    table: (head, rows) => print(renderTable(head, rows)),
    document: (value) => process.stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    problem: (text) => write(process.stderr, text),
    note: (text) => {
      for (const line of wrapped(text, outputWidth())) write(process.stderr, pc.dim(line))
    },
  }
}

function write(stream: NodeJS.WriteStream, text: string): void {
  stream.write(`${visibleText(text)}\n`)
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
