import { failed, ok, type Result } from '@offtake/core/base/result'
import type { Job } from '@offtake/core/demand/job'
import type { Trace } from '@offtake/core/simulation/trace'
import { JobCollector } from './job-collector.ts'
import { jsonRow, readLines } from './json-rows.ts'
import { MURI_COLUMNS, muriJobs } from './muri.ts'
import { OFFTAKE_COLUMNS, offtakeJobs } from './offtake.ts'
import { PHILLY_COLUMNS, phillyJobs } from './philly.ts'
import { parseRoles } from './role-text.ts'
import type { Read } from './row-values.ts'
import { type Row, type RowReader, readTable, type TableFormat } from './table-rows.ts'
import type { TraceFleet } from './trace-fleet.ts'
import type { TraceProblem } from './trace-problem.ts'
import { openTrace, type TraceSource } from './trace-source.ts'

export type TraceFormat = 'philly' | 'muri' | 'offtake'

export const TRACE_FORMATS: readonly TraceFormat[] = ['philly', 'muri', 'offtake']

/** Reads a trace, plain or gzipped, for a fleet. It fails where the file is damaged or none of its rows can be used. */
export async function readTrace(
  file: string,
  format: TraceFormat,
  fleet: TraceFleet,
): Promise<Result<Trace, TraceProblem>> {
  const source = await openTrace(file)
  if (!source.ok) return source
  const collector = new JobCollector(fleet)
  const problem = await readInto(collector, source.value, format, fleet)
  if (problem) return failed(problem)
  const trace = collector.finish()
  return trace.jobs.length > 0
    ? ok(trace)
    : failed({ code: 'noUsableRow', file, rejectedBy: trace.rejectedBy })
}

function readInto(
  collector: JobCollector,
  source: TraceSource,
  format: TraceFormat,
  fleet: TraceFleet,
): Promise<TraceProblem | undefined> {
  switch (format) {
    case 'philly':
      return readColumns(source, PHILLY_COLUMNS, collector, phillyJobs(fleet))
    case 'muri':
      return readColumns(source, MURI_COLUMNS, collector, muriJobs(fleet))
    case 'offtake':
      return source.firstCharacter === '{'
        ? readJsonLines(source, collector, fleet)
        : readOfftakeTable(source, collector, fleet)
  }
}

function readColumns(
  source: TraceSource,
  columns: TableFormat,
  collector: JobCollector,
  read: (row: Row, line: number) => Read<Job>,
): Promise<TraceProblem | undefined> {
  const reader: RowReader = {
    row: (row, line) => collect(collector, read(row, line), line),
    malformed: (line) => collector.reject(line, 'malformed'),
  }
  return readTable(source, columns, reader)
}

function readOfftakeTable(
  source: TraceSource,
  collector: JobCollector,
  fleet: TraceFleet,
): Promise<TraceProblem | undefined> {
  const read = offtakeJobs(fleet)
  return readColumns(source, OFFTAKE_COLUMNS, collector, (row, line) => {
    const roles = parseRoles(row('roles'))
    return roles ? read(row, line, roles) : failed({ because: 'malformed', field: 'roles' })
  })
}

function readJsonLines(
  source: TraceSource,
  collector: JobCollector,
  fleet: TraceFleet,
): Promise<TraceProblem | undefined> {
  const read = offtakeJobs(fleet)
  const fields = [...OFFTAKE_COLUMNS.required, ...OFFTAKE_COLUMNS.optional]
  return readLines(source, (text, line) => {
    const json = jsonRow(text, fields)
    if (json.ok) collect(collector, read(json.row, line, json.roles), line)
    else collector.reject(line, 'malformed', json.field)
  })
}

function collect(collector: JobCollector, job: Read<Job>, line: number): void {
  if (job.ok) {
    collector.add(job.value, line)
    return
  }
  for (const { because, field } of job.problems) collector.reject(line, because, field)
}
