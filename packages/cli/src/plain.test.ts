import { stated } from '@offtake/core/base/figure'
import { parseInstant } from '@offtake/core/base/instant'
import { share } from '@offtake/core/base/quantity'
import { usd } from '@offtake/core/testing/usd'
import { expect, it } from 'vitest'
import { plain } from './plain.ts'

it('writes dates, sums and shares as a script reads them, also in figures and lists', () => {
  const value = {
    signed: parseInstant('2025-11-03'),
    window: { start: parseInstant('2027-01-01T06:00Z') },
    takeOrPay: stated(share(0.75), 'the agreement'),
    ramp: stated([share(0.25), share(0.75)], 'the agreement'),
    total: stated(usd('38000000000.5'), 'the agreement'),
    accelerators: 72,
    big: 12n,
    note: 'start',
  }
  expect(plain(value)).toEqual({
    signed: '2025-11-03',
    window: { start: '2027-01-01T06:00:00Z' },
    takeOrPay: { value: 0.75, provenance: { kind: 'stated', source: 'the agreement' } },
    ramp: { value: [0.25, 0.75], provenance: { kind: 'stated', source: 'the agreement' } },
    total: {
      value: { amount: '38000000000.50', currency: 'USD' },
      provenance: { kind: 'stated', source: 'the agreement' },
    },
    accelerators: 72,
    big: '12',
    note: 'start',
  })
})
