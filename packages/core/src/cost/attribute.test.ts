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
    fc.assert(
      fc.property(anyCharges, anyUsage, (drawn, used) => {
        const parts = attributeCharges(drawn, used)
        const byAgreement = (each: Charge | AttributedCharge) => each.agreementId
        const byMonth = (each: Charge | AttributedCharge) =>
          String('month' in each ? each.month : monthOf(each))
        for (const keyOf of [byAgreement, byMonth]) expect(sums(parts, keyOf)).toEqual(sums(drawn, keyOf))
      }),
    )
  })
})

const anyMonth = fc.constantFrom<Instant>(at('2026-01-01'), at('2026-02-01'), at('2026-03-01'))
const anyPool = fc.constantFrom('p', 'q', 'r')
const anyUsage = fc.array(
  fc
    .tuple(anyMonth, fc.constantFrom('x', 'y', 'z'), anyPool, fc.nat(1000))
    .map(([month, tenant, poolId, hours]) => usage(tenant, hours, { month, poolId })),
)
const anyCharges = fc.array(
  fc
    .record({
      start: anyMonth,
      kind: fc.constantFrom<ChargeKind>(
        'use',
        'fixed',
        'unused',
        'trueUp',
        'slaCredit',
        'lateCredit',
        'spot',
      ),
      poolId: anyPool,
      basis: fc.constantFrom<Basis>('measured', 'forecast', 'assumed'),
      cents: fc.integer({ min: -1e9, max: 1e9 }),
      used: fc.nat(50),
      idle: fc.nat(50),
    })
    .map(({ cents, used, idle, ...parts }) =>
      charge('0', {
        ...parts,
        agreementId: `a${used % 3}`,
        amount: money(BigInt(cents) * 10_000n, 'USD'),
        time: acceleratorMs(used + idle, 1),
        used: acceleratorMs(used, 1),
      }),
    ),
)

/** Zero ones left out, in the order of their keys. */
function sums<Part extends Pick<Charge, 'amount'>>(
  parts: readonly Part[],
  keyOf: (part: Part) => string,
): Map<string, bigint> {
  const by = new Map<string, bigint>()
  for (const part of parts) by.set(keyOf(part), (by.get(keyOf(part)) ?? 0n) + part.amount.micros)
  return new Map([...by].filter(([, micros]) => micros !== 0n).sort())
}
