import type { PricePoint } from '@offtake/core/agreements/price'
import { assumed, derived, type Figure, stated } from '@offtake/core/base/figure'
import type { Money } from '@offtake/core/base/money'
import type { PlacedProblem, ProblemCode } from '../problems.ts'
import { parseAmount } from './amount.ts'
import { parseDate } from './date.ts'
import { suggestion } from './nearest.ts'
import type { Reading } from './reading.ts'

/** A CSV file as it was split into cells, with the line of each row; the first row names the columns. */
export interface TableText {
  readonly file: string
  readonly rows: readonly TableRow[]
}

export interface TableRow {
  readonly line: number
  readonly cells: readonly string[]
}

const COLUMNS = {
  series: "the index's name, or provider/hardware for a list price",
  from: 'the date from which it holds',
  perAcceleratorHour: 'the price of one accelerator for one hour',
  source: 'who says so',
  assumed: 'why it is assumed, where it is',
  derived: 'the rule it follows from, where it does',
} as const

type Column = keyof typeof COLUMNS
const KNOWN = Object.keys(COLUMNS)
const REQUIRED: readonly Column[] = ['series', 'from', 'perAcceleratorHour']
const PROVENANCES: readonly Column[] = ['source', 'assumed', 'derived']

/** A price with the row that it stands in. */
export interface PlacedPoint {
  readonly point: PricePoint
  /** The price as the file has it. */
  readonly written: string
  readonly file: string
  readonly line: number
}

/** One file of `prices/`. */
export function readPriceTable(
  table: TableText,
  reading: Reading,
): { points: PlacedPoint[]; problems: PlacedProblem[] } {
  const [head, ...rows] = table.rows
  if (!head) return { points: [], problems: [problemAt(table, 1, 'emptyFile', 'the file is empty')] }
  const problems = headProblems(table, head)
  if (problems.length > 0) return { points: [], problems }
  const names = head.cells.map((cell) => cell.trim())
  const points: PlacedPoint[] = []
  for (const row of rows) {
    const read = readRow(table, row, names, reading)
    problems.push(...read.problems)
    if (read.placed) points.push(read.placed)
  }
  return { points, problems }
}

function headProblems(table: TableText, head: TableRow): PlacedProblem[] {
  const names = head.cells.map((cell) => cell.trim())
  const unknown = names
    .filter((name) => !Object.hasOwn(COLUMNS, name))
    .map((name) =>
      problemAt(
        table,
        head.line,
        'unknownField',
        `'${name}' is no known column${suggestion(name, KNOWN) || `: known are ${KNOWN.join(', ')}`}`,
      ),
    )
  const twice = names
    .filter((name, at) => names.indexOf(name) < at)
    .map((name) => problemAt(table, head.line, 'duplicateField', `the column '${name}' is there twice`))
  const missing = REQUIRED.filter((name) => !names.includes(name)).map((name) =>
    problemAt(table, head.line, 'brokenTable', `the column '${name}' is missing: ${COLUMNS[name]}`),
  )
  return [...unknown, ...twice, ...missing]
}

function readRow(
  table: TableText,
  row: TableRow,
  names: readonly string[],
  reading: Reading,
): { placed?: PlacedPoint; problems: PlacedProblem[] } {
  if (row.cells.length !== names.length) {
    const message = `the row has ${row.cells.length} cells, but there are ${names.length} columns`
    return { problems: [problemAt(table, row.line, 'brokenTable', message)] }
  }
  const cell = (name: Column): string => row.cells[names.indexOf(name)]?.trim() ?? ''
  const problems: PlacedProblem[] = []
  const from = parseDate(cell('from'))
  if (typeof from !== 'number') {
    problems.push(problemAt(table, row.line, from.code, `from: ${from.message}`))
  }
  const price = parseAmount(cell('perAcceleratorHour'), reading.currency)
  if ('code' in price) {
    problems.push(problemAt(table, row.line, price.code, `perAcceleratorHour: ${price.message}`))
  }
  if (cell('series') === '') problems.push(problemAt(table, row.line, 'missingField', 'series is missing'))
  if (PROVENANCES.filter((name) => cell(name) !== '').length > 1) {
    const message = 'a price is stated (source), derived or assumed: only one of them'
    problems.push(problemAt(table, row.line, 'badProvenance', message))
  }
  if (problems.length > 0 || typeof from !== 'number' || 'code' in price) return { problems }
  const perAcceleratorHour = provenanced(price, cell, table.file)
  const point = { series: cell('series'), from, perAcceleratorHour }
  return {
    placed: { point, written: cell('perAcceleratorHour'), file: table.file, line: row.line },
    problems,
  }
}

function provenanced(price: Money, cell: (name: Column) => string, file: string): Figure<Money> {
  if (cell('assumed') !== '') return assumed(price, cell('assumed'))
  if (cell('derived') !== '') return derived(price, cell('derived'))
  return stated(price, cell('source') || file)
}

function problemAt(table: TableText, line: number, code: ProblemCode, message: string): PlacedProblem {
  return { file: table.file, line, column: 1, code, message }
}
