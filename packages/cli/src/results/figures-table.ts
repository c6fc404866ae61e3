import type { RunResult } from '@offtake/core/simulation/run-result'
import { provenanceBasis } from '../text/figure-text.ts'
import { type CsvTable, plainText } from './csv-table.ts'

/** Every number of the portfolio's files that says where it comes from, and what it says. */
export function figuresTable({ portfolio }: RunResult): CsvTable {
  return {
    columns: ['file', 'field', 'value', 'provenance', 'basis'],
    rows: portfolio.figures.map(({ file, field, written, provenance }) => [
      file,
      field,
      plainText(written),
      provenance.kind,
      plainText(provenanceBasis(provenance)),
    ]),
  }
}
