import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant } from '../base/instant.ts'
import type { Job } from './job.ts'
import { mergeJobs } from './merge-jobs.ts'

function job(id: string, at: number): Job {
  const gang = { id, tenant: 't', priority: 0, roles: [], restartMs: 0, reclaimable: true }
  return { gang, submitted: instant(at), workMs: 1 }
}

test('streams merge into what a stable sort of all their jobs gives', () => {
  const times = fc.array(fc.array(fc.nat(20), { maxLength: 8 }), { maxLength: 5 })
  fc.assert(
    fc.property(times, (streams) => {
      const jobs = streams.map((stream, s) =>
        stream.sort((a, b) => a - b).map((at, j) => job(`${s}-${j}`, at)),
      )
      const sorted = jobs.flat().sort((a, b) => a.submitted - b.submitted)
      expect([...mergeJobs(jobs)].map(({ gang }) => gang.id)).toEqual(sorted.map(({ gang }) => gang.id))
    }),
  )
})

test('streams are read no further than is asked for', () => {
  let drawn = 0
  function* endless(): Generator<Job> {
    for (;;) yield job('x', ++drawn)
  }
  const merged = mergeJobs([endless(), []])
  merged.next()
  expect(drawn).toBe(1)
})
