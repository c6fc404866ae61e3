import { expect, test } from 'vitest'
import { HOUR_MS, instant, MINUTE_MS } from '../base/instant.ts'
import { aBooking } from '../testing/booking.ts'
import { aGang } from '../testing/gang.ts'
import { BookingObserver } from './booking-observer.ts'
import { bookingCommands, withoutPastWindow } from './bookings.ts'
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

test('one that comes back without end is booked for as long as is played, however long ago it began', () => {
  const daily = aBooking('w', {
    from: -100_000,
    to: -99_940,
    everyMinutes: 100,
    times: Number.POSITIVE_INFINITY,
  })
  expect(bookingCommands([daily], PLAYED)[0]?.command).toEqual({
    kind: 'bookWindow',
    booking: aBooking('w', { from: 100, to: 160, everyMinutes: 100, times: 3 }),
  })
})

test('one that comes after what is played is booked for its next time, so that those who name it wait', () => {
  const late = aBooking('late', { from: 30, to: 40, everyMinutes: 370, times: 9 })
  expect(bookingCommands([late], PLAYED)[0]?.command).toEqual({
    kind: 'bookWindow',
    booking: aBooking('late', { from: 400, to: 410, everyMinutes: 370, times: 1 }),
  })
})

test('one that began before what is played is booked as it is, to be refused, and holds nobody up', () => {
  const early = aBooking('early')
  expect(bookingCommands([early], PLAYED)[0]?.command).toEqual({ kind: 'bookWindow', booking: early })
  const named = { id: 'work', window: 'early' }
  expect(withoutPastWindow(named, [early], PLAYED)).toEqual({ id: 'work' })
  expect(withoutPastWindow(named, [aBooking('early', { from: 100 })], PLAYED)).toBe(named)
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
