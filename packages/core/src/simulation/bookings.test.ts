import { expect, test } from 'vitest'
import { HOUR_MS, instant, MINUTE_MS } from '../base/instant.ts'
import { aBooking } from '../testing/booking.ts'
import { aGang } from '../testing/gang.ts'
import { BookingObserver } from './booking-observer.ts'
import { bookingCommands } from './bookings.ts'
import { replayInput } from './replay.ts'
import { Simulator } from './simulator.ts'

const PLAYED = { start: instant(100 * MINUTE_MS), until: instant(400 * MINUTE_MS) }

test('of a window that comes back, those times are booked that start within what is played', () => {
  const booking = aBooking('w', { everyMinutes: 100, times: 1000 })
  expect(bookingCommands([booking], PLAYED)).toEqual([
    {
      at: PLAYED.start,
      command: {
        kind: 'bookWindow',
        booking: aBooking('w', { from: 160, to: 220, everyMinutes: 100, times: 3 }),
      },
    },
  ])
})

test('one that starts before or after what is played is not booked', () => {
  expect(bookingCommands([aBooking('early'), aBooking('late', { from: 400, to: 401 })], PLAYED)).toEqual([])
})

test('what is booked, refused, opened and stopped for is counted', () => {
  const pool = { id: 'main', provider: 'p', region: 'r', hardware: 'gpu', fabric: 'default' }
  const groups = [{ domains: 1, nodesPerDomain: 1, acceleratorsPerNode: 8, domainsPerBlock: 1 }]
  const job = { gang: aGang('g', { each: 8 }), submitted: instant(0), workMs: 3 * HOUR_MS }
  const input = replayInput({
    pools: [{ pool, groups, cpuCores: 0 }],
    jobs: [job],
    policy: { name: 'default' },
    durations: 'stated',
  })
  const windows = [aBooking('w', { everyMinutes: 100, times: 2 }), aBooking('v', { from: 70 })]
  const observer = new BookingObserver()
  const commands = [
    ...input.commands,
    ...bookingCommands(windows, { start: instant(0), until: PLAYED.until }),
  ]
  new Simulator({ ...input, commands }, (event) => observer.observe(event)).run()
  expect(observer.rows()).toEqual([
    { id: 'w', accelerators: 8, opened: 2, gangsStopped: 2 },
    { id: 'v', refused: 'noRoomForWindow', opened: 0, gangsStopped: 0 },
  ])
})
