import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Agreement } from '../agreements/agreement.ts'
import { assert } from '../base/assert.ts'
import { addMonths, monthStart } from '../base/instant.ts'
import { constant, ZERO } from '../base/step-function.ts'
import { poolOf } from '../capacity/pool.ts'
import type { PoolTimeline } from '../capacity/timeline.ts'
import type { Charge } from '../cost/charge.ts'
import { chargePortfolio } from '../cost/charges.ts'
import { agreements } from '../testing/any-agreement.ts'
import { chargeContext } from '../testing/charge-context.ts'
import { owedUnder } from './owed-under.ts'

const CENT = 10_000n

/** The agreement's charges if of all pools so many per cent are used: measured on a pool of its own before everything else. */
function chargedAt(percent: number, agreement: Agreement): readonly Charge[] {
  const start = addMonths(monthStart(agreement.term.start.value), -12)
  const window = { start, until: addMonths(start, 1) }
  const context = chargeContext([agreement], { window, used: 0 })
  const pool = poolOf({ provider: 'other', region: 'r', hardware: 'h100', fabric: 'default' })
  const there = constant(100, window)
  const measured: PoolTimeline = { pool, promised: there, delivered: there, cpuCores: ZERO }
  const used = new Map([[pool.id, constant(percent, window)]])
  const charged = chargePortfolio({ ...context, used, capacity: [...context.capacity, measured] })
  assert(charged.ok, 'every price is known')
  return charged.value.charges
}

function owedLeast(agreement: Agreement): { micros: bigint; tolerance: bigint } {
  const owed = owedUnder(agreement, { points: [] })
  assert(owed.ok, 'every price is known')
  const micros = owed.value.reduce((sum, { amount }) => sum + amount.micros, 0n)
  // Half a cent for every invoice line, of which there is at most one a month for each line and interval.
  return { micros, tolerance: CENT * BigInt(2 * owed.value.length + 200) }
}

function sizeOf(micros: bigint): bigint {
  return micros < 0n ? -micros : micros
}

const percents = fc.constantFrom(0, 1, 30, 75, 100)

it('charges no less than what is owed whatever happens, however little is used', () => {
  fc.assert(
    fc.property(agreements, percents, (agreement, percent) => {
      const { micros, tolerance } = owedLeast(agreement)
      const charged = chargedAt(percent, agreement).reduce((sum, { amount }) => sum + amount.micros, 0n)
      expect(charged).toBeGreaterThanOrEqual(micros - tolerance)
    }),
  )
})

it('charges exactly that where nothing is used and nothing is carried forward', () => {
  fc.assert(
    fc.property(agreements, (drawn) => {
      // What nobody can meter is supposed to be used as its ramp says.
      const lines = drawn.lines.filter(({ tranches }) => tranches.length > 0)
      if (lines.length === 0) return
      const agreement = withoutCarrying({ ...drawn, lines })
      const { micros, tolerance } = owedLeast(agreement)
      const charged = chargedAt(0, agreement).reduce((sum, { amount }) => sum + amount.micros, 0n)
      expect(sizeOf(charged - micros)).toBeLessThanOrEqual(tolerance)
    }),
  )
})

it('marks as owed in any case just what is owed, however much is used', () => {
  fc.assert(
    fc.property(agreements, percents, (drawn, percent) => {
      const agreement = withoutCarrying(drawn)
      const { micros, tolerance } = owedLeast(agreement)
      const marked = chargedAt(percent, agreement).reduce(
        (sum, { owedAnyway }) => sum + owedAnyway.micros,
        0n,
      )
      expect(sizeOf(marked - micros)).toBeLessThanOrEqual(tolerance)
    }),
  )
})

it('never marks more of a charge than there is of it', () => {
  fc.assert(
    fc.property(agreements, percents, (agreement, percent) => {
      for (const { amount, owedAnyway } of chargedAt(percent, agreement)) {
        expect(owedAnyway.micros).toBeGreaterThanOrEqual(0n)
        expect(owedAnyway.micros).toBeLessThanOrEqual(amount.micros)
      }
    }),
  )
})

function withoutCarrying(agreement: Agreement): Agreement {
  const { commitment } = agreement
  return commitment ? { ...agreement, commitment: { ...commitment, carryForward: false } } : agreement
}
