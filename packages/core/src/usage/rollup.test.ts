import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR_MS, type Instant, parseInstant } from '../base/instant.ts'
import { Rollup, type UsageRow } from './rollup.ts'
import type { UsageSpan } from './usage-span.ts'

const at = (text: string): Instant => parseInstant(text) as Instant

function span(start: Instant, until: Instant, more: Partial<UsageSpan> = {}): UsageSpan {
  return {
    gangId: 'g',
    role: 'worker',
    tenant: 'lab',
    poolId: 'north',
    accelerators: 1,
    cpuCores: 0,
    borrowed: 0,
    lostMs: 0,
    start,
    until,
    ...more,
  }
}

function rollUp(spans: readonly UsageSpan[]): UsageRow[] {
  const rollup = new Rollup()
  for (const each of spans) rollup.add(each)
  return rollup.rows()
}

const hours = (time: bigint): number => Number(time) / HOUR_MS

describe('rolling up by month, tenant and pool', () => {
  it('knows months of 28, 29, 30 and 31 days', () => {
    const year = rollUp([span(at('2023-01-01'), at('2024-03-01'))])
    const days = year.map((row) => hours(row.used) / 24)
    expect(days).toEqual([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 29])
  })

  it('splits a span at the end of the month, to the millisecond', () => {
    const until = (at('2025-02-01') + 1) as Instant
    const rows = rollUp([span(at('2025-01-31T23:00'), until, { accelerators: 3, borrowed: 2 })])
    expect(rows.map((row) => [row.month, row.used, row.borrowed])).toEqual([
      [at('2025-01-01'), BigInt(3 * HOUR_MS), BigInt(2 * HOUR_MS)],
      [at('2025-02-01'), 3n, 2n],
    ])
  })

  it('counts lost work at the end of the stay, in the months in which it was done', () => {
    const rows = rollUp([
      span(at('2025-01-31'), at('2025-02-01T06:00'), { accelerators: 2, lostMs: 9 * HOUR_MS }),
    ])
    expect(rows.map((row) => hours(row.lost))).toEqual([6, 12])
  })

  it('puts rows in order of month, tenant and pool, whatever the order of the spans', () => {
    const spans = ['b', 'a'].flatMap((tenant) =>
      ['y', 'x'].map((poolId) => span(at('2025-01-31'), at('2025-02-02'), { tenant, poolId })),
    )
    const keys = rollUp(spans).map(({ month, tenant, poolId }) => [
      new Date(month).getUTCMonth(),
      tenant,
      poolId,
    ])
    expect(keys.map((key) => key.join(''))).toEqual(['0ax', '0ay', '0bx', '0by', '1ax', '1ay', '1bx', '1by'])
  })

  it('loses no time and makes none, for any spans', () => {
    const anySpan = fc
      .record({
        start: fc.integer({ min: 0, max: 2e12 }),
        lengthMs: fc.integer({ min: 0, max: 1e10 }),
        accelerators: fc.integer({ min: 0, max: 2_000_000 }),
        lost: fc.integer({ min: 0, max: 100 }),
      })
      .map(({ start, lengthMs, accelerators, lost }) =>
        span(start as Instant, (start + lengthMs) as Instant, {
          accelerators,
          borrowed: accelerators,
          lostMs: Math.floor((lengthMs * lost) / 100),
        }),
      )
    fc.assert(
      fc.property(fc.array(anySpan), (spans) => {
        const rows = rollUp(spans)
        const wanted = spans.reduce(
          (sum, { accelerators, start, until }) => sum + BigInt(accelerators) * BigInt(until - start),
          0n,
        )
        const lost = spans.reduce((sum, each) => sum + BigInt(each.accelerators) * BigInt(each.lostMs), 0n)
        expect(rows.reduce((sum, row) => sum + row.used, 0n)).toBe(wanted)
        expect(rows.reduce((sum, row) => sum + row.borrowed, 0n)).toBe(wanted)
        expect(rows.reduce((sum, row) => sum + row.lost, 0n)).toBe(lost)
      }),
    )
  })
})
