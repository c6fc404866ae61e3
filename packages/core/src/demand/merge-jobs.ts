import type { Job } from './job.ts'

/** Several streams of jobs, each in order of time, as one; of jobs of one moment those of an earlier stream come first. */
export function* mergeJobs(streams: readonly Iterable<Job>[]): Generator<Job> {
  const waiting = streams.map((stream) => {
    const jobs = stream[Symbol.iterator]()
    return { jobs, next: jobs.next() }
  })
  for (;;) {
    let first: (typeof waiting)[number] | undefined
    for (const stream of waiting) {
      if (stream.next.done) continue
      if (!first || stream.next.value.submitted < first.next.value.submitted) first = stream
    }
    if (!first) return
    yield first.next.value
    first.next = first.jobs.next()
  }
}
