import { expect, test } from 'vitest'
import { HOUR_MS, type Instant, MINUTE_MS } from '../../base/instant.ts'
import { prng } from '../../base/prng.ts'
import { Calibration } from './calibration.ts'

const at = (ms: number): Instant => ms as Instant

test('no range is stated before enough starts were seen', () => {
  const calibration = new Calibration()
  for (let n = 0; n < 19; n++) {
    calibration.ask(`g${n}`, at(0), at(HOUR_MS))
    calibration.started(`g${n}`, at(2 * HOUR_MS))
  }
  expect(calibration.rangeOf(at(0), at(HOUR_MS))).toBeUndefined()
})

test('where all start as foreseen, the range is that moment', () => {
  const calibration = new Calibration()
  for (let n = 0; n < 100; n++) {
    calibration.ask(`g${n}`, at(0), at(HOUR_MS))
    calibration.started(`g${n}`, at(HOUR_MS))
  }
  expect(calibration.rangeOf(at(0), at(HOUR_MS))).toEqual({ from: HOUR_MS, until: HOUR_MS })
})

test('one that leaves the queue without a start teaches nothing', () => {
  const calibration = new Calibration()
  for (let n = 0; n < 100; n++) {
    calibration.ask(`g${n}`, at(0), at(HOUR_MS))
    calibration.forget(`g${n}`)
    calibration.started(`g${n}`, at(HOUR_MS))
  }
  expect(calibration.rangeOf(at(0), at(HOUR_MS))).toBeUndefined()
})

test('four of five starts fall within the range, also after waits have become three times as long', () => {
  const calibration = new Calibration()
  const chance = prng('waits')
  let within = 0
  for (let n = 0; n < 2000; n++) {
    const now = at(n * MINUTE_MS)
    const eta = at(now + 2 * HOUR_MS)
    const start = at(Math.round(now + 2 * HOUR_MS * (n < 1000 ? 1 : 3) * (0.5 + chance.next())))
    const range = calibration.rangeOf(now, eta)
    if (n >= 1100 && range && start >= range.from && start <= range.until) within += 1
    calibration.ask(`g${n}`, now, eta)
    calibration.started(`g${n}`, start)
  }
  expect(within / 900).toBeGreaterThan(0.75)
  expect(within / 900).toBeLessThan(0.88)
})
