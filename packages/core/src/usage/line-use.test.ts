import { expect, it } from 'vitest'
import { resolveAgreement } from '../agreements/resolve.ts'
import { assert } from '../base/assert.ts'
import { DAY_MS } from '../base/instant.ts'
import { constant, ZERO } from '../base/step-function.ts'
import { aLine, anAgreement, aTerm, aTranche, said } from '../testing/agreement.ts'
import { at, spanOf } from '../testing/dates.ts'
import { lineUse } from './line-use.ts'
import { serveInMeritOrder } from './merit-order.ts'
import { supplyOf } from './supply.ts'

it('adds up all tranches of a line by month, within the span alone', () => {
  const tranches = [aTranche(), aTranche({ id: 't2', promised: said(at('2026-02-15')) })]
  const agreement = anAgreement({ term: aTerm('2026-01-01', '2026-04-01'), lines: [aLine({ tranches })] })
  const supplies = resolveAgreement(agreement).map((grant) => {
    const supply = supplyOf(agreement, grant, { points: [] })
    assert(supply.ok, 'the price is known')
    return supply.value
  })
  const span = spanOf('2026-01-01', '2026-04-01')
  const months = [at('2026-02-01'), at('2026-03-01')]
  const { served } = serveInMeritOrder({
    used: constant(120, span),
    listed: ZERO,
    supplies,
    span,
    cuts: months,
  })
  const rows = lineUse(served, spanOf('2026-01-01', '2026-03-01'))
  expect(
    rows.map((row) => [row.month, row.lineId, Number(row.used) / DAY_MS, Number(row.unused) / DAY_MS]),
  ).toEqual([
    [at('2026-01-01'), 'gpu', 3100, 0],
    // 14 days of 100, and 14 days of 120 out of 200.
    [at('2026-02-01'), 'gpu', 1400 + 14 * 120, 14 * 80],
  ])
})
