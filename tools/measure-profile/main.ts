import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readTrace } from '@offtake/cli/files/traces/read-trace'
import { describeTraceProblem } from '@offtake/cli/files/traces/trace-problem'
import { DAY_MS } from '@offtake/core/base/instant'
import { includes } from '@offtake/core/base/span'
import type { Job } from '@offtake/core/demand/job'
import { type Comparison, compare } from './compare.ts'
import { arrivalsOf, drawArrivals } from './draw-arrivals.ts'
import { heldOut } from './held-out.ts'
import { measureProfile } from './measure-profile.ts'
import { LARGE_FLEET, MEASURED, type MeasuredTrace } from './measured-traces.ts'
import { profileText } from './profile-text.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const DATA = resolve(ROOT, process.env.OFFTAKE_DATA ?? '../shared/data')

/** Measures the profiles of all traces anew, writes them into the core, and says how close drawn jobs come to the real ones. */
async function main(): Promise<number> {
  for (const trace of MEASURED) {
    const read = await readTrace(resolve(DATA, trace.file), trace.format, LARGE_FLEET)
    if (!read.ok) {
      for (const problem of read.problems) process.stderr.write(`${describeTraceProblem(problem)}\n`)
      return 2
    }
    write(trace, read.value.jobs)
    report(trace, read.value.jobs)
  }
  return 0
}

function write({ constant, measuring }: MeasuredTrace, jobs: readonly Job[]): void {
  const path = resolve(ROOT, `packages/core/src/demand/profiles/${measuring.id}.ts`)
  writeFileSync(path, profileText(measureProfile(jobs, measuring), constant))
  execFileSync(resolve(ROOT, 'node_modules/.bin/biome'), ['check', '--write', path], {
    cwd: ROOT,
    stdio: 'ignore',
  })
  process.stdout.write(`${path}\n`)
}

function report({ measuring }: MeasuredTrace, jobs: readonly Job[]): void {
  const seen = jobs.filter(({ submitted }) => includes(measuring.span, submitted))
  const days = (measuring.span.until - measuring.span.start) / DAY_MS
  const drawn = drawArrivals(measureProfile(jobs, measuring), {
    jobsPerDay: seen.length / days,
    weeks: 104,
    seed: 1,
  })
  print('drawn against the trace', compare(drawn, arrivalsOf(jobs)))
  for (const oddDays of [0, 1] as const) {
    const { drawn, halves } = heldOut(jobs, measuring, oddDays)
    print(`measured on ${oddDays ? 'even' : 'odd'} days, drawn against the others`, drawn)
    print(`${oddDays ? 'even' : 'odd'} days against the others`, halves)
  }
}

function print(name: string, comparison: Comparison): void {
  const parts = Object.entries(comparison).map(([key, value]) => `${key} ${value.toFixed(4)}`)
  process.stdout.write(`  ${name}: ${parts.join(', ')}\n`)
}

process.exitCode = await main()
