import { failed, ok, type Result } from '@offtake/core/base/result'
import { type Row, readTable, type TableFormat } from '../traces/table-rows.ts'
import { openTrace } from '../traces/trace-source.ts'
import type { PodProblem } from './pod-problem.ts'

const MOST_PROBLEMS = 20

/** Reads every row of a CSV file, plain or gzipped, into a value; each row that has none is a problem with its line. */
export async function readRows<Value>(
  file: string,
  required: readonly string[],
  read: (row: Row) => Value | BadField,
): Promise<Result<readonly Value[], PodProblem>> {
  const source = await openTrace(file)
  if (!source.ok) return source
  const values: Value[] = []
  const problems: PodProblem[] = []
  const complain = (line: number, field: string): void => {
    if (problems.length < MOST_PROBLEMS) problems.push({ code: 'badValue', file, line, field })
  }
  const format: TableFormat = { required, quoted: true }
  const trouble = await readTable(source.value, format, {
    row: (row, line) => {
      const value = read(row)
      if (value instanceof BadField) complain(line, value.field)
      else values.push(value)
    },
    malformed: (line) => complain(line, 'number of columns'),
  })
  if (trouble) return failed(trouble)
  if (problems.length > 0) return failed(...problems)
  return values.length > 0 ? ok(values) : failed({ code: 'emptyFile', file })
}

/** The column of a row whose value cannot be used. */
export class BadField {
  readonly field: string

  constructor(field: string) {
    this.field = field
  }
}

/** A whole number within bounds, or the field at fault. */
export function wholeOf(row: Row, field: string, from: number, to: number): number | BadField {
  const text = row(field)
  const value = /^\d{1,15}(?:\.0*)?$/.test(text) ? Number(text) : Number.NaN
  return value >= from && value <= to ? value : new BadField(field)
}

export function firstBad(values: readonly unknown[]): BadField | undefined {
  return values.find((value) => value instanceof BadField)
}
