import type { Job } from '../demand/job.ts'

/** Several streams of jobs, each in order of time, as one; among equal times the earlier stream goes first. */
export function* mergeJobs(streams: readonly Iterable<Job>[]): Generator<Job> {
  const open = streams.map((stream) => stream[Symbol.iterator]())
  const heads = open.map((stream) => nextOf(stream))
  for (;;) {
    let first = -1
    for (const [n, head] of heads.entries()) {
      if (head && (first < 0 || head.submitted < (heads[first] as Job).submitted)) first = n
    }
    if (first < 0) return
    yield heads[first] as Job
    heads[first] = nextOf(open[first] as Iterator<Job>)
  }
}

function nextOf(stream: Iterator<Job>): Job | undefined {
  const { value, done } = stream.next()
  return done ? undefined : value
}
