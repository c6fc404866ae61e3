import { DAY_MS } from '@offtake/core/base/instant'
import { includes } from '@offtake/core/base/span'
import type { Job } from '@offtake/core/demand/job'
import { type Comparison, compare } from './compare.ts'
import { arrivalsOf, drawArrivals } from './draw-arrivals.ts'
import { type Measuring, measureProfile } from './measure-profile.ts'

/** A profile measured on every other day, against the days in between that it has not seen. */
export interface HeldOut {
  /** Drawn jobs against the days left out. */
  readonly drawn: Comparison
  /** The days measured against the days left out: how far apart two halves of the real trace are. */
  readonly halves: Comparison
}

export function heldOut(jobs: readonly Job[], measuring: Measuring, oddDays: 0 | 1): HeldOut {
  const leaveOut = (day: number): boolean => day % 2 === oddDays
  const within = jobs.filter(({ submitted }) => includes(measuring.span, submitted))
  const isLeftOut = ({ submitted }: Job): boolean => leaveOut(Math.floor(submitted / DAY_MS))
  const measured = within.filter((job) => !isLeftOut(job))
  const unseen = arrivalsOf(within.filter(isLeftOut))
  const days = (measuring.span.until - measuring.span.start) / DAY_MS / 2
  const profile = measureProfile(jobs, { ...measuring, leaveOut })
  const drawn = drawArrivals(profile, { jobsPerDay: measured.length / days, weeks: 52, seed: 1 })
  return { drawn: compare(drawn, unseen), halves: compare(arrivalsOf(measured), unseen) }
}
