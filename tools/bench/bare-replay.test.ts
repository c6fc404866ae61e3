import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { array, assert, integer, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { folderOf } from '../testing/folder.ts'
import { type BareTrace, readPhilly, replayBare } from './bare-replay.ts'

interface BareJob {
  readonly submitted: number
  readonly work: number
  readonly accelerators: number
}

const traceOf = (jobs: readonly BareJob[]): BareTrace => ({
  submitted: Float64Array.from(jobs, (job) => job.submitted),
  work: Float64Array.from(jobs, (job) => job.work),
  accelerators: Int32Array.from(jobs, (job) => job.accelerators),
})

test('a small job does not overtake a large one that waits', () => {
  const jobs = [
    { submitted: 0, work: 10, accelerators: 3 },
    { submitted: 1, work: 10, accelerators: 4 },
    { submitted: 2, work: 1, accelerators: 1 },
  ]
  // The second waits from 1 to 10, the third from 2 until the second ends at 20.
  expect(replayBare(traceOf(jobs), 4)).toBe((0 + 9 + 18) / 3)
})

test('the mean wait is that of a plain second by second account', () => {
  const job = record({
    submitted: integer({ min: 0, max: 30 }),
    work: integer({ min: 0, max: 90 }),
    accelerators: integer({ min: 1, max: 8 }),
  })
  assert(
    property(array(job, { minLength: 30, maxLength: 80 }), (drawn) => {
      const jobs = drawn.sort((a, b) => a.submitted - b.submitted)
      expect(replayBare(traceOf(jobs), 50)).toBeCloseTo(meanWaitBySecond(jobs, 50), 9)
    }),
  )
})

test('a packed trace is read in order of arrival, its empty last line aside', () => {
  const file = join(folderOf({}), 'jobs.csv.gz')
  const rows = [
    'timestamp,duration,num_gpus,gpu_time,cluster',
    '2017-10-09 07:01:55,66.0,2,132.0,a',
    '2017-10-09 07:01:50,5.5,1,5.5,b',
    '',
  ]
  writeFileSync(file, gzipSync(rows.join('\n')))
  const trace = readPhilly(file)
  expect([...trace.work]).toEqual([5.5, 66])
  expect([...trace.accelerators]).toEqual([1, 2])
  expect((trace.submitted[1] ?? 0) - (trace.submitted[0] ?? 0)).toBe(5)
})

function meanWaitBySecond(jobs: readonly BareJob[], accelerators: number): number {
  const waiting = [...jobs]
  const running: { until: number; accelerators: number }[] = []
  let waited = 0
  for (let second = 0; waiting.length > 0; second += 1) {
    for (let first = waiting[0]; first && first.submitted <= second; first = waiting[0]) {
      const busy = running
        .filter(({ until }) => until > second)
        .reduce((sum, job) => sum + job.accelerators, 0)
      if (accelerators - busy < first.accelerators) break
      waited += second - first.submitted
      running.push({ until: second + first.work, accelerators: first.accelerators })
      waiting.shift()
    }
  }
  return waited / jobs.length
}
