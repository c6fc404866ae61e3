import { pipeline } from 'node:stream/promises'
import { parse } from 'csv-parse'
import type { TraceProblem } from './trace-problem.ts'
import { problemOf, type TraceSource } from './trace-source.ts'

/** The columns of a trace format. */
export interface TableFormat {
  readonly required: readonly string[]
  /** The only further columns that may be there; any may be where this is absent. */
  readonly optional?: readonly string[]
  /** Whether a value may stand in double quotes. */
  readonly quoted: boolean
}

/** The trimmed value in a column of one row; empty where there is none. */
export type Row = (column: string) => string

/** What is done with each row; `malformed` is told of rows with too few or too many columns. */
export interface RowReader {
  row(row: Row, line: number): void
  malformed(line: number): void
}

const LONGEST_ROW_BYTES = 1_000_000

/** Streams a CSV file row by row. Returns what is wrong with the file as a whole, if anything is. */
export async function readTable(
  source: TraceSource,
  format: TableFormat,
  reader: RowReader,
): Promise<TraceProblem | undefined> {
  const stop = new AbortController()
  let problem: TraceProblem | undefined
  let header: ReadonlyMap<string, number> | undefined
  let line = 0
  const take = (values: string[], { lines }: { readonly lines: number }): null => {
    line = lines
    if (problem) return null
    if (header === undefined) {
      header = new Map(values.map((name, column) => [asKnown(name, format), column]))
      problem = troubleWithHeader([...header.keys()], format, source.file, line)
      if (problem) stop.abort()
    } else if (values.length === header.size) reader.row(rowOf(values, header), line)
    else reader.malformed(line)
    return null
  }
  const parser = parse({
    bom: true,
    record_delimiter: ['\r\n', '\n'],
    quote: format.quoted ? '"' : null,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW_BYTES,
    on_record: take,
  })
  try {
    await pipeline(source.text, parser.resume(), { signal: stop.signal })
  } catch (error) {
    return problem ?? problemOf(error, source.file, line)
  }
  return problem ?? (header === undefined ? { code: 'emptyFile', file: source.file } : undefined)
}

/** The column's name as the format spells it; capitals make no difference. */
function asKnown(name: string, { required, optional = [] }: TableFormat): string {
  const lower = name.trim().toLowerCase()
  return [...required, ...optional].find((known) => known.toLowerCase() === lower) ?? lower
}

function rowOf(values: readonly string[], header: ReadonlyMap<string, number>): Row {
  return (column) => {
    const at = header.get(column)
    return at === undefined ? '' : (values[at] ?? '').trim()
  }
}

function troubleWithHeader(
  found: readonly string[],
  format: TableFormat,
  file: string,
  line: number,
): TraceProblem | undefined {
  const missing = format.required.filter((name) => !found.includes(name))
  if (missing.length > 0) return { code: 'missingColumns', file, line, missing, found }
  if (!format.optional) return undefined
  const known = [...format.required, ...format.optional]
  const unknown = found.filter((name) => !known.includes(name))
  return unknown.length > 0 ? { code: 'unknownColumns', file, line, unknown, known } : undefined
}
