import { type Instant, instant } from '../../base/instant.ts'
import type { Prng } from '../../base/prng.ts'
import type { Pool } from '../../capacity/pool.ts'
import type { Booking } from '../../demand/booking.ts'
import type { Job } from '../../demand/job.ts'
import type { Tenant } from '../../demand/tenant.ts'
import type { TimedCommand } from '../simulator.ts'
import { moment, pick, TICK_MS, type Wildness } from './wildness.ts'

/** Windows in one history of three: some booked too late, for too much or by the wrong tenant, some cancelled again. */
export function drawWindows(
  chance: Prng,
  { pools, tenants }: { readonly pools: readonly Pool[]; readonly tenants: readonly Tenant[] },
  { ticks }: Wildness,
): TimedCommand[] {
  if (chance.below(3) > 0) return []
  return Array.from({ length: 1 + chance.below(4) }, (_, n): TimedCommand[] => {
    const booked = chance.below(Math.ceil(ticks / 2))
    const starts = booked + chance.below(40) - (chance.below(8) === 0 ? 5 : 0)
    const booking = drawBooking(chance, `w${n}`, { pools, tenants }, moment(Math.max(0, starts)))
    const book: TimedCommand = { at: moment(booked), command: { kind: 'bookWindow', booking } }
    if (chance.below(5) > 0) return [book]
    const at = moment(booked + chance.below(60))
    return [book, { at, command: { kind: 'cancelWindow', windowId: booking.id } }]
  }).flat()
}

function drawBooking(
  chance: Prng,
  id: string,
  { pools, tenants }: { readonly pools: readonly Pool[]; readonly tenants: readonly Tenant[] },
  start: Instant,
): Booking {
  const length = 1 + chance.below(30)
  const repeat = { everyMs: (length + chance.below(20)) * TICK_MS, times: 2 + chance.below(3) }
  const level = pick(chance, ['node', 'domain', 'block', 'pool', 'pool'] as const)
  return {
    id,
    tenant: tenants.length > 0 ? pick(chance, tenants).id : pick(chance, ['t', 't', 'guest']),
    members: 1 + chance.below(pick(chance, [2, 4, 12])),
    acceleratorsPerMember: pick(chance, [1, 1, 2, 4]),
    within: { level, required: chance.below(2) === 0 },
    accepts: chance.below(2) === 0 ? ['fast', 'slow'] : [pick(chance, ['fast', 'slow'])],
    ...(chance.below(4) === 0 ? { pool: pick(chance, pools).id } : {}),
    start,
    until: instant(start + length * TICK_MS),
    ...(chance.below(3) === 0 ? { repeat } : {}),
    isFor: chance.below(2) === 0 ? 'tenant' : 'named',
    lends: chance.below(2) === 0,
  }
}

/** Where windows were drawn, some jobs name one of them, known or not. */
export function nameWindows(chance: Prng, jobs: readonly Job[], windows: number): readonly Job[] {
  if (windows === 0) return jobs
  return jobs.map((job) => {
    if (chance.below(5) > 0) return job
    return { ...job, gang: { ...job.gang, window: `w${chance.below(windows + 1)}` } }
  })
}
