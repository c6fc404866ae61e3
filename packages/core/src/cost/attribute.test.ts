import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR_MS, type Instant } from '../base/instant.ts'
import { formatMoney, money } from '../base/money.ts'
import { acceleratorMs } from '../base/quantity.ts'
import { at, spanOf } from '../testing/dates.ts'
import { usd } from '../testing/usd.ts'
import type { UsageRow } from '../usage/rollup.ts'
import { type AttributedCharge, attributeCharges } from './attribute.ts'
import { type Basis, type Charge, type ChargeKind, monthOf } from './charge.ts'

const JANUARY = spanOf('2026-01-01', '2026-02-01')

function charge(amount: string, parts: Partial<Charge> = {}): Charge {
  return {
    ...JANUARY,
    agreementId: 'a',
    provider: 'north',
    lineId: 'gpu',
    poolId: 'p',
    kind: 'use',
    amount: usd(amount),
    owedAnyway: usd('0'),
    basis: 'measured',
    termsAssumed: false,
    ...parts,
  }
}

function usage(tenant: string, hours: number, parts: Partial<UsageRow> = {}): UsageRow {
  const [used, none] = [acceleratorMs(hours, HOUR_MS), acceleratorMs(0, 0)]
  return { month: JANUARY.start, tenant, poolId: 'p', used, borrowed: none, lost: none, ...parts }
}

function byTenant(charges: readonly AttributedCharge[]): Record<string, string> {
  return Object.fromEntries(charges.map(({ tenant, amount }) => [tenant ?? 'idle', formatMoney(amount)]))
}

const USAGE = [usage('research', 300), usage('product', 100)]

describe('attributing charges to tenants', () => {
  it('splits what was used in proportion to accelerator time', () => {
    expect(byTenant(attributeCharges([charge('100')], USAGE))).toEqual({
      research: '75.00',
      product: '25.00',
    })
  })

  it('loses no cent: what does not divide goes to the largest fraction', () => {
    const thirds = ['a', 'b', 'c'].map((tenant) => usage(tenant, 1))
    expect(byTenant(attributeCharges([charge('0.02')], thirds))).toEqual({ a: '0.01', b: '0.01' })
    expect(byTenant(attributeCharges([charge('-0.02')], thirds))).toEqual({ b: '-0.01', c: '-0.01' })
  })

  it('does not depend on the order in which usage is told', () => {
    const rows = [...USAGE, usage('ops', 200)]
    expect(attributeCharges([charge('0.05')], rows)).toEqual(
      attributeCharges([charge('0.05')], rows.toReversed()),
    )
  })

  it('shows unused take-or-pay, true-ups and credits for lateness as the cost of idle capacity', () => {
    for (const kind of ['unused', 'trueUp', 'lateCredit'] as const)
      expect(byTenant(attributeCharges([charge('10', { kind })], USAGE))).toEqual({ idle: '10.00' })
  })

  it('splits a fixed sum into its used and its idle part', () => {
    const fixed = charge('100', { kind: 'fixed', time: acceleratorMs(10, 1), used: acceleratorMs(6, 1) })
    expect(byTenant(attributeCharges([fixed], USAGE))).toEqual({
      research: '45.00',
      product: '15.00',
      idle: '40.00',
    })
  })

  it('uses the month of the charge where it was metered, and all metered months elsewhere', () => {
    const rows = [...USAGE, usage('product', 200, { month: at('2026-02-01') })]
    const april = { ...spanOf('2026-04-01', '2026-05-01'), basis: 'forecast' } as const
    expect(byTenant(attributeCharges([charge('100')], rows))).toEqual({ research: '75.00', product: '25.00' })
    expect(byTenant(attributeCharges([charge('100', april)], rows))).toEqual({
      research: '50.00',
      product: '50.00',
    })
  })

  it('uses the mix over all pools for a pool that nobody used and for agreements without lines', () => {
    const elsewhere = charge('100', { poolId: 'q', basis: 'assumed' })
    const { poolId: _, ...whole } = elsewhere
    for (const each of [elsewhere, whole])
      expect(byTenant(attributeCharges([each], USAGE))).toEqual({ research: '75.00', product: '25.00' })
  })

  it('calls everything idle where nobody used anything', () => {
    expect(byTenant(attributeCharges([charge('100')], []))).toEqual({ idle: '100.00' })
  })

  it('adds up by month and by agreement to what was charged, whatever was charged and used', () => {
    const months = [at('2026-01-01'), at('2026-02-01'), at('2026-03-01')]
    const month = fc.constantFrom<Instant>(...months)
    const pool = fc.constantFrom('p', 'q', 'r')
    const rows = fc.array(
      fc
        .tuple(month, fc.constantFrom('x', 'y', 'z'), pool, fc.nat(1000))
        .map(([start, tenant, poolId, hours]) => usage(tenant, hours, { month: start, poolId })),
    )
    const kinds = fc.constantFrom<ChargeKind>(
      'use',
      'fixed',
      'unused',
      'trueUp',
      'slaCredit',
      'lateCredit',
      'spot',
    )
    const charges = fc.array(
      fc
        .tuple(
          month,
          kinds,
          pool,
          fc.integer({ min: -1e9, max: 1e9 }),
          fc.nat(50),
          fc.nat(50),
          fc.constantFrom<Basis>('measured', 'forecast', 'assumed'),
        )
        .map(([start, kind, poolId, cents, used, idle, basis]) =>
          charge('0', {
            start,
            kind,
            poolId,
            basis,
            agreementId: `a${used % 3}`,
            amount: money(BigInt(cents) * 10_000n, 'USD'),
            time: acceleratorMs(used + idle, 1),
            used: acceleratorMs(used, 1),
          }),
        ),
    )
    const sums = (list: readonly { key: string; micros: bigint }[]) => {
      const by = new Map<string, bigint>()
      for (const { key, micros } of list) by.set(key, (by.get(key) ?? 0n) + micros)
      return new Map([...by].filter(([, micros]) => micros !== 0n).sort())
    }
    fc.assert(
      fc.property(charges, rows, (drawn, used) => {
        const parts = attributeCharges(drawn, used)
        for (const keyOf of [
          (each: Pick<Charge, 'agreementId'>) => each.agreementId,
          (each: Charge | AttributedCharge) => String('month' in each ? each.month : monthOf(each)),
        ]) {
          const wanted = sums(drawn.map((each) => ({ key: keyOf(each), micros: each.amount.micros })))
          expect(
            sums(parts.map((each) => ({ key: keyOf(each as never), micros: each.amount.micros }))),
          ).toEqual(wanted)
        }
      }),
    )
  })
})
