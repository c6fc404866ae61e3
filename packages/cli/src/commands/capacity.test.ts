import { beforeAll, describe, expect, it } from 'vitest'
import { runOfftake } from '../testing/run-offtake.ts'
import { writePortfolio } from '../testing/two-agreements.ts'

let dir = ''
beforeAll(async () => {
  dir = await writePortfolio()
})

function rows(out: string): string[] {
  return out.split('\n').filter((line) => line !== '')
}

describe('by quarter', () => {
  it('sets what is delivered at its end against what is asked for within it', async () => {
    const { code, out, err } = await runOfftake(['capacity', dir])
    expect(code).toBe(0)
    expect(rows(out).slice(1, 6)).toEqual([
      'quarter  promised  delivered  late  asked for  missing',
      '2026-Q1        72         72     –         72        –',
      '2026-Q2        72         72     –        144       72',
      '2026-Q3       216        216     –        144        –',
      '2026-Q4       216        216     –        144        –',
    ])
    expect(err).toContain('First missing something on 2026-04-01; at worst 72, on 2026-04-01.')
  })

  it('shows what slips as late, and as missing', async () => {
    const { out } = await runOfftake(['capacity', dir, '--slip', 'reserved/racks/second=184d'])
    expect(out).toMatch(/^2026-Q4 +216 +72 +144 +144 +72$/m)
    expect(out).toMatch(/^2027-Q1 +216 +216 +– +– +–$/m)
  })

  it('tells what a delay costs, and nothing of it where there is none', async () => {
    const { out } = await runOfftake(['capacity', dir, '--slip', 'reserved/racks/second=184d'])
    expect(out).toMatch(/^total +\S+ m USD +\S+ m USD +-\S+ m USD$/m)
    const slipped = JSON.parse(
      (await runOfftake(['capacity', dir, '--json', '--slip', 'reserved/racks/second=184d'])).out,
    )
    const { chargedBefore, chargedAfter, byKind } = slipped.costOfDelay
    const sum = (side: 'before' | 'after'): number =>
      byKind.reduce((all: number, row: Record<typeof side, string>) => all + Number(row[side]), 0)
    expect([sum('before'), sum('after')]).toEqual([Number(chargedBefore), Number(chargedAfter)])
    expect(Number(chargedAfter)).toBeLessThan(Number(chargedBefore))
    expect(JSON.parse((await runOfftake(['capacity', dir, '--json'])).out)).not.toHaveProperty('costOfDelay')
  })

  it('shows groups side by side, in as many tables as the width needs', async () => {
    const { out } = await runOfftake(['capacity', dir, '--by', 'pool'])
    expect(out).toMatch(/^quarter +north\/us-east\/gb200-nvl72$/m)
    for (const line of rows(out)) expect(line.length).toBeLessThanOrEqual(120)
  })

  it('gives scripts every quarter and the whole shortfall', async () => {
    const { out } = await runOfftake(['capacity', dir, '--by', 'provider', '--json'])
    const found = JSON.parse(out)
    expect(found.quarters.length).toBe(8)
    expect(found.quarters[1]).toMatchObject({
      quarter: '2026-Q2',
      end: { promised: 72, delivered: 72, late: 0 },
      byGroup: [{ key: 'north', delivered: 72 }],
      demandPeak: 144,
      worstGap: 72,
    })
    expect(found.shortfall).toEqual({
      begins: '2026-04-01',
      worst: 72,
      worstAt: '2026-04-01',
      acceleratorHours: 72 * 24 * 91,
    })
  })
})

describe('at a date', () => {
  it('shows each group, the whole, and what is missing or to spare', async () => {
    const { code, out } = await runOfftake(['capacity', dir, '--at', '2026-05-01', '--by', 'region'])
    expect(code).toBe(0)
    expect(out).toMatch(/^us-east +72 +72 +– +–$/m)
    expect(out).toContain('Asked for: 144 (services 144, workloads 0); missing: 72')
    const later = await runOfftake(['capacity', dir, '--at', '2026-08-01'])
    expect(later.out).toContain('to spare: 72')
  })

  it('gives scripts the same', async () => {
    const { out } = await runOfftake(['capacity', dir, '--at', '2026-05-01', '--json'])
    expect(JSON.parse(out)).toMatchObject({
      at: '2026-05-01',
      delivered: 72,
      demand: 144,
      gap: 72,
      by: 'pool',
    })
  })

  it('must lie within the horizon', async () => {
    const { code, err } = await runOfftake(['capacity', dir, '--at', '2028-01-01'])
    expect(code).toBe(2)
    expect(err).toContain('outside the portfolio’s horizon, 2026-01-01 to 2028-01-01')
  })
})

describe('a slip', () => {
  it.each([
    ['reserved/racks=90x', 'is no duration'],
    ['reserved=90d', 'Write AGREEMENT/LINE=90d'],
    ['reserved/rack=90d', "there is no such line or tranche, did you mean 'reserved/racks'?"],
    ['reserved/racks/first=90d', 'has been handed over'],
  ])('%s is a named problem', async (slip, problem) => {
    const { code, out, err } = await runOfftake(['capacity', dir, '--slip', slip])
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(problem)
  })

  it('can be given again', async () => {
    const options = ['--slip', 'reserved/racks=10d', '--slip', 'reserved/racks/second=184d']
    const { out } = await runOfftake(['capacity', dir, '--at', '2026-12-31', '--json', ...options])
    expect(JSON.parse(out)).toMatchObject({ promised: 216, delivered: 72, late: 144 })
  })
})
