import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Agreement } from '../agreements/agreement.ts'
import { assert } from '../base/assert.ts'
import { addMonths, monthStart } from '../base/instant.ts'
import { constant } from '../base/step-function.ts'
import { chargePortfolio } from '../cost/charges.ts'
import { agreements } from '../testing/any-agreement.ts'
import { chargeContext, POOL } from '../testing/charge-context.ts'
import { owedUnder } from './owed-under.ts'

const CENT = 10_000n

/** A window before everything else in which a listed pool was idle: nothing is used, and nothing is supposed to be. */
function chargedIfUnused(agreement: Agreement): bigint {
  const start = addMonths(monthStart(agreement.term.start.value), -12)
  const window = { start, until: addMonths(start, 1) }
  const context = chargeContext([agreement], { window, used: 0 })
  const idle = context.capacity[0] ?? {
    pool: { id: POOL, provider: 'north', region: 'us-east', hardware: 'gb200', fabric: 'default' },
    promised: constant(0, window),
    delivered: constant(0, window),
    cpuCores: constant(0, window),
  }
  const listed = { ...idle, pool: { ...idle.pool, id: 'idle' }, delivered: constant(1, window) }
  const charged = chargePortfolio({ ...context, capacity: [...context.capacity, listed] })
  assert(charged.ok, 'every price is known')
  return charged.value.charges.reduce((sum, { amount }) => sum + amount.micros, 0n)
}

it('charges no less than what is owed whatever happens, even where nothing is used', () => {
  fc.assert(
    fc.property(agreements, (agreement) => {
      const owed = owedUnder(agreement, { points: [] })
      assert(owed.ok, 'every price is known')
      const least = owed.value.reduce((sum, { amount }) => sum + amount.micros, 0n)
      // Half a cent for every invoice line, of which there is at most one a month for each line and interval.
      const tolerance = CENT * BigInt(2 * owed.value.length + 200)
      expect(chargedIfUnused(agreement)).toBeGreaterThanOrEqual(least - tolerance)
    }),
  )
})

it('charges exactly that where nothing is used and nothing is carried forward', () => {
  fc.assert(
    fc.property(agreements, (drawn) => {
      const lines = drawn.lines.filter(({ tranches }) => tranches.length > 0)
      if (lines.length === 0) return
      const commitment = drawn.commitment && { ...drawn.commitment, carryForward: false }
      const agreement: Agreement = { ...drawn, lines, ...(commitment ? { commitment } : {}) }
      const owed = owedUnder(agreement, { points: [] })
      assert(owed.ok, 'every price is known')
      const least = owed.value.reduce((sum, { amount }) => sum + amount.micros, 0n)
      const difference = chargedIfUnused(agreement) - least
      const tolerance = CENT * BigInt(2 * owed.value.length + 200)
      expect(difference < 0n ? -difference : difference).toBeLessThanOrEqual(tolerance)
    }),
  )
})
