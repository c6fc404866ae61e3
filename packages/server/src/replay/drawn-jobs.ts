import type { Instant } from '@offtake/core/base/instant'
import { prng } from '@offtake/core/base/prng'
import { jobsInOrder } from '@offtake/core/demand/draw-jobs'
import type { Job } from '@offtake/core/demand/job'
import type { Portfolio } from '@offtake/core/simulation/portfolio'

/** What the portfolio's workloads submit from a moment on, in order of time: the same jobs by the same names whenever it is asked. */
export function drawnJobs(portfolio: Portfolio, from: Instant): Iterator<Job> {
  const { workloads, window, horizon, seed, hardware } = portfolio
  const drawing = { prng: prng(seed), hardware }
  // What grows grows from where `offtake run` has it grow.
  const start = window.start <= from ? window.start : horizon.start
  const always = { start, until: horizon.until }
  const span = { start: from, until: horizon.until }
  return inOrder(
    workloads.map((workload) =>
      jobsInOrder({ ...workload, active: workload.active ?? always }, span, drawing),
    ),
  )
}

/** The next of all, by time; of two at one moment that of the first workload. */
function* inOrder(sources: readonly Generator<Job>[]): Generator<Job> {
  const heads = sources.map((source) => ({ source, next: source.next() }))
  for (;;) {
    let first: (typeof heads)[number] | undefined
    for (const head of heads)
      if (!head.next.done && (!first || head.next.value.submitted < submittedOf(first))) first = head
    if (!first || first.next.done) return
    yield first.next.value
    first.next = first.source.next()
  }
}

function submittedOf({ next }: { readonly next: IteratorResult<Job> }): number {
  return next.done ? Number.POSITIVE_INFINITY : next.value.submitted
}
