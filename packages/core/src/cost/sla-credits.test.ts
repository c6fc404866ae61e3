import { describe, expect, it } from 'vitest'
import type { SlaCredit } from '../agreements/agreement.ts'
import { assert } from '../base/assert.ts'
import { formatMoney } from '../base/money.ts'
import { type AcceleratorMs, acceleratorMs, share } from '../base/quantity.ts'
import { aLine, anAgreement, aTerm, perHour, saidShare } from '../testing/agreement.ts'
import { chargeContext, POOL } from '../testing/charge-context.ts'
import { at, spanOf } from '../testing/dates.ts'
import type { IdleRow } from '../usage/pool-idle.ts'
import { chargePortfolio } from './charges.ts'

const NONE = 0n as AcceleratorMs
const TIERS: readonly SlaCredit[] = [
  { availabilityBelow: share(0.99), credit: share(0.1) },
  { availabilityBelow: share(0.95), credit: share(0.25) },
]

/** January, of a hundred accelerators of which so many parts in a thousand were broken. */
function januaryWithBroken(perMille: number): IdleRow {
  const time = (parts: number): AcceleratorMs => acceleratorMs(parts, 31 * 24 * 360_000)
  return {
    month: at('2026-01-01'),
    poolId: POOL,
    promised: time(1000),
    beyondPromise: NONE,
    used: time(1000 - perMille),
    idle: {
      noDemand: NONE,
      tooFew: NONE,
      fragmented: NONE,
      draining: NONE,
      broken: time(perMille),
      late: NONE,
    },
  }
}

function credits(idle: readonly IdleRow[], window = spanOf('2026-01-01', '2026-03-01')): string[] {
  const agreement = anAgreement({
    term: aTerm('2026-01-01', '2026-03-01'),
    lines: [aLine({ price: perHour('1'), takeOrPay: saidShare(0) })],
    slaCredits: TIERS,
  })
  const charged = chargePortfolio(chargeContext([agreement], { window, used: 100, idle }))
  assert(charged.ok, 'every price is known')
  return charged.value.charges
    .filter(({ kind }) => kind === 'slaCredit')
    .map(({ amount }) => formatMoney(amount))
}

describe('credits for missed availability', () => {
  it('are the share of the month that its lowest missed bound gives', () => {
    expect(credits([januaryWithBroken(9)])).toEqual([])
    expect(credits([januaryWithBroken(10)])).toEqual([])
    expect(credits([januaryWithBroken(11)])).toEqual(['-7440.00'])
    expect(credits([januaryWithBroken(60)])).toEqual(['-18600.00'])
  })

  it('count only what was charged within the measured window', () => {
    expect(credits([januaryWithBroken(11)], spanOf('2026-01-11', '2026-02-01'))).toEqual(['-5040.00'])
  })

  it('suppose nothing for months that were not measured', () => {
    expect(credits([])).toEqual([])
  })
})
