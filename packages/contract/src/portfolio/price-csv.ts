import { failed, ok, type Result } from '@offtake/core/base/result'
import { CsvError, parse } from 'csv-parse/sync'
import { type PlacedProblem, problemIn } from '../problems.ts'
import type { TableRow, TableText } from './price-table.ts'

/** Splits a CSV text into rows of cells with their lines; lines that hold nothing or begin with `#` are passed over. */
export function readPriceCsv(file: string, text: string): Result<TableText, PlacedProblem> {
  try {
    const rows: TableRow[] = []
    parse(text, {
      relax_column_count: true,
      skip_empty_lines: true,
      comment: '#',
      comment_no_infix: true,
      on_record: (cells: string[], { lines }) => {
        rows.push({ line: lines, cells })
        return null
      },
    })
    return ok({ file, rows })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === 'number' ? error.lines : 1
    return failed(problemIn(file, 'brokenTable', error.message, line))
  }
}
