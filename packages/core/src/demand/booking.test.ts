import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aBooking } from '../testing/booking.ts'
import { everMeet, occurrence, timesOf } from './booking.ts'

const anyBooking = fc
  .record({
    from: fc.integer({ min: 0, max: 60 }),
    length: fc.integer({ min: 1, max: 20 }),
    gap: fc.integer({ min: 0, max: 20 }),
    times: fc.integer({ min: 1, max: 6 }),
  })
  .map(({ from, length, gap, times }) =>
    aBooking('w', { from, to: from + length, everyMinutes: length + gap, times }),
  )

test('two bookings meet where some time of one overlaps some time of the other that is not over', () => {
  fc.assert(
    fc.property(anyBooking, anyBooking, fc.nat(3), fc.nat(3), (a, b, doneOfA, doneOfB) => {
      let expected = false
      for (let n = doneOfA; n < timesOf(a); n++) {
        for (let m = doneOfB; m < timesOf(b); m++) {
          const [one, other] = [occurrence(a, n), occurrence(b, m)]
          if (Math.max(one.start, other.start) < Math.min(one.until, other.until)) expected = true
        }
      }
      expect(everMeet(a, b, doneOfA, doneOfB)).toBe(expected)
    }),
  )
})
