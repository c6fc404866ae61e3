import fc from 'fast-check'
import { expect, it } from 'vitest'
import { assert } from '../base/assert.ts'
import { HOUR_MS } from '../base/instant.ts'
import { fromChanges } from '../base/step-function.ts'
import { chargeContext } from '../testing/charge-context.ts'
import { ChargesRecount, type DrawnCase } from '../testing/charges-recount.ts'
import { agreementOf, drawnCases, momentOf } from '../testing/drawn-case.ts'
import type { Charge } from './charge.ts'
import { chargePortfolio } from './charges.ts'

function chargesOf(drawn: DrawnCase, recount: ChargesRecount): readonly Charge[] {
  const hours = Array.from({ length: drawn.window[1] - drawn.window[0] }, (_, n) => drawn.window[0] + n)
  const changes = hours.map((hour, n) => ({
    at: momentOf(hour),
    by: recount.usedInWindow(hour) - (n > 0 ? recount.usedInWindow(hour - 1) : 0),
  }))
  const span = ([start, until]: readonly [number, number]) => ({
    start: momentOf(start),
    until: momentOf(until),
  })
  const charged = chargePortfolio(
    chargeContext(drawn.agreements.map(agreementOf), {
      window: span(drawn.window),
      horizon: span(drawn.horizon),
      used: fromChanges(changes),
    }),
  )
  assert(charged.ok, 'every price is known')
  return charged.value.charges
}

it('charges what a recount hour by hour and seat by seat does', () => {
  fc.assert(
    fc.property(drawnCases, (drawn) => {
      const recount = new ChargesRecount(drawn)
      const found = new Map<string, number>()
      for (const { agreementId, kind, start, amount } of chargesOf(drawn, recount)) {
        const agreement = drawn.agreements.find(({ id }) => id === agreementId)
        assert(agreement, 'charges are of the agreements that were drawn')
        const hour = start / HOUR_MS
        const label =
          kind === 'trueUp'
            ? recount.settlementLabel(agreement, hour).split(' ')[1]
            : kind === 'unused'
              ? recount.settlementLabel(agreement, hour)
              : recount.label(agreement, hour)
        found.set(`${agreementId} ${kind} ${label}`, Number(amount.micros) / 10_000)
      }
      const keys = new Set([...found.keys(), ...recount.cents.keys()])
      for (const key of keys) {
        const [a, b] = [found.get(key) ?? 0, recount.cents.get(key) ?? 0]
        // A true-up comes from sums that are split to the micro-unit and then rounded to the cent.
        if (key.includes('trueUp')) expect(Math.abs(a - b), key).toBeLessThanOrEqual(1)
        else expect(a, key).toBe(b)
      }
    }),
    { numRuns: 60 },
  )
})
