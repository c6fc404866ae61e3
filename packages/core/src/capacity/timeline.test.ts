import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Agreement, Tranche } from '../agreements/agreement.ts'
import { NO_SLIPS, resolveAgreement, type Slips } from '../agreements/resolve.ts'
import { DAY_MS, formatDate, type Instant } from '../base/instant.ts'
import { integral, type StepFunction, sum, valueAt } from '../base/step-function.ts'
import { aLine, anAgreement, aTranche, said } from '../testing/agreement.ts'
import { agreements } from '../testing/any-agreement.ts'
import { at, spanOf } from '../testing/dates.ts'
import type { FleetPool } from './fleet.ts'
import { poolOf } from './pool.ts'
import { capacityOf, groupTimelines, type PoolTimeline, peakOf } from './timeline.ts'

const HORIZON = spanOf('2026-01-01', '2028-01-01')

function capacity(
  list: readonly Agreement[],
  slips: Slips = NO_SLIPS,
  pools: readonly FleetPool[] = [],
): PoolTimeline[] {
  return capacityOf({ agreements: list, fleet: { shapes: [], pools, failures: [] }, slips, horizon: HORIZON })
}

function steps(f: StepFunction | undefined): string[] {
  return (f?.times ?? []).map((time, i) => `${formatDate(time)} ${f?.values[i]}`)
}

function tranche(id: string, accelerators: number, promised: string, parts: Partial<Tranche> = {}): Tranche {
  return aTranche({ id, accelerators: said(accelerators), promised: said(at(promised)), ...parts })
}

describe('the capacity of a portfolio', () => {
  const agreement = anAgreement({
    lines: [
      aLine({
        tranches: [
          tranche('t2', 200, '2026-07-01', { expected: said(at('2026-10-01')) }),
          tranche('t1', 100, '2026-03-01'),
        ],
      }),
    ],
  })

  it('rises with each tranche and ends with the term; what is late is promised and not delivered', () => {
    const [pool] = capacity([agreement])
    expect(pool?.pool.id).toBe('north/us-east/gb200')
    expect(steps(pool?.promised)).toEqual(['2026-03-01 100', '2026-07-01 300', '2028-01-01 0'])
    expect(steps(pool?.delivered)).toEqual(['2026-03-01 100', '2026-10-01 300', '2028-01-01 0'])
  })

  it('slips as asked, and keeps its promise', () => {
    const [pool] = capacity([agreement], new Map([['a/gpu/t2', 92 * DAY_MS]]))
    expect(steps(pool?.promised)).toEqual(['2026-03-01 100', '2026-07-01 300', '2028-01-01 0'])
    expect(steps(pool?.delivered)).toEqual(['2026-03-01 100', '2027-01-01 300', '2028-01-01 0'])
  })

  it('promises a tranche that will never be delivered within the term', () => {
    const [pool] = capacity([agreement], new Map([['a/gpu', 1000 * DAY_MS]]))
    expect(steps(pool?.promised)).toEqual(['2026-03-01 100', '2026-07-01 300', '2028-01-01 0'])
    expect(steps(pool?.delivered)).toEqual([])
  })

  it('leaves out what cannot be used, and what is counted under another agreement', () => {
    const letter = anAgreement({ id: 'letter', instrument: 'letterOfIntent', lines: [aLine()] })
    const chips = anAgreement({
      id: 'chips',
      layer: 'hardware',
      lines: [aLine()],
      overlaps: [{ agreement: 'a', because: 'the same chips' }],
    })
    expect(capacity([letter, chips, agreement])).toEqual(capacity([agreement]))
  })

  it('adds the agreements of one pool, and keeps fabrics apart', () => {
    const other = anAgreement({
      id: 'b',
      lines: [
        aLine({ tranches: [tranche('t', 50, '2026-03-01')] }),
        aLine({ id: 'eth', fabric: 'ethernet' }),
      ],
    })
    expect(
      capacity([agreement, other]).map(
        ({ pool, delivered }) => `${pool.id} ${valueAt(delivered, at('2026-03-01'))}`,
      ),
    ).toEqual(['north/us-east/gb200 150', 'north/us-east/gb200/ethernet 100'])
  })

  it('holds listed machines from their date, or during the whole horizon, beside those of agreements', () => {
    const listed = (parts: Partial<FleetPool>): FleetPool => ({
      pool: poolOf({ provider: 'north', region: 'us-east', hardware: 'gb200', fabric: 'default' }),
      groups: [{ domains: 2, nodesPerDomain: 18, acceleratorsPerNode: 4, domainsPerBlock: 8 }],
      cpuCores: 10,
      ...parts,
    })
    expect(steps(capacity([], NO_SLIPS, [listed({})])[0]?.delivered)).toEqual([
      '2026-01-01 144',
      '2028-01-01 0',
    ])
    const [pool] = capacity([agreement], NO_SLIPS, [
      listed({ from: at('2026-03-01'), until: at('2026-09-01') }),
    ])
    expect(steps(pool?.delivered)).toEqual([
      '2026-03-01 244',
      '2026-09-01 100',
      '2026-10-01 300',
      '2028-01-01 0',
    ])
    expect(steps(pool?.cpuCores)).toEqual(['2026-03-01 10', '2026-09-01 0'])
  })
})

it('sums by provider, hardware, region and pool to the same whole', () => {
  fc.assert(
    fc.property(fc.array(agreements, { maxLength: 4 }), (list) => {
      const numbered = list.map((agreement, i) => ({ ...agreement, id: `a${i}` }))
      const pools = capacity(numbered)
      const whole = sum(...pools.map(({ delivered }) => delivered))
      for (const by of ['provider', 'hardware', 'region', 'pool'] as const)
        expect(sum(...groupTimelines(pools, by).map(({ delivered }) => delivered))).toEqual(whole)
      const ever = { start: at('2000-01-01'), until: at('2100-01-01') }
      const time = numbered
        .flatMap((agreement) => resolveAgreement(agreement))
        .reduce(
          (area, { accelerators, span }) => area + BigInt(accelerators) * BigInt(span.until - span.start),
          0n,
        )
      expect(integral(whole, ever)).toBe(time)
    }),
  )
})

it('never gains capacity by a slip, at any moment', () => {
  fc.assert(
    fc.property(agreements, fc.nat({ max: 900 }), (agreement, days) => {
      const slips = new Map(agreement.lines.map(({ id }) => [`a/${id}`, days * DAY_MS]))
      const whole = (given: Slips): StepFunction =>
        sum(...capacity([agreement], given).map(({ delivered }) => delivered))
      const [before, after] = [whole(NO_SLIPS), whole(slips)]
      for (const time of [...before.times, ...after.times])
        expect(valueAt(after, time)).toBeLessThanOrEqual(valueAt(before, time))
    }),
  )
})

it('peaks where its value is first the largest', () => {
  const f = {
    times: ['2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01', '2026-06-01'].map(
      (date): Instant => at(date),
    ),
    values: [5, 9, 2, 9, 12],
  }
  expect(peakOf(f, spanOf('2026-01-01', '2026-06-01'))).toEqual({ at: at('2026-03-01'), accelerators: 9 })
  expect(peakOf(f, spanOf('2026-04-10', '2026-04-20'))).toEqual({ at: at('2026-04-10'), accelerators: 2 })
  expect(peakOf(f, spanOf('2026-01-01', '2026-01-02'))).toBeUndefined()
})
