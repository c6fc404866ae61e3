import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { runOfftake } from '../testing/run-offtake.ts'
import { writePortfolio } from '../testing/two-agreements.ts'

let dir = ''
beforeAll(async () => {
  dir = await writePortfolio()
})

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}

describe('offtake agreements list', () => {
  it('has one line for each agreement, with marks on what is assumed', async () => {
    const { code, out } = await runOfftake(['agreements', 'list', dir])
    expect(code).toBe(0)
    expect(lines(out)).toEqual([
      'agreement  kind      term              bn USD  accelerators  state   counts as',
      'letter     letter    2026-01–2028-01     1.00             –  active  not binding (power)',
      'reserved   capacity  2026-01–2028-01        –          ~216  active  counted',
      'spend      spend     2026-01–~2030-01    0.01             –  active  counted',
    ])
  })

  it('keeps exact sums and provenance for scripts', async () => {
    const { out } = await runOfftake(['agreements', 'list', dir, '--json'])
    const { agreements } = JSON.parse(out)
    expect(agreements.find(({ id }: { id: string }) => id === 'spend')).toMatchObject({
      committed: { amount: '8000000.00', currency: 'USD', provenance: { kind: 'stated' } },
      term: { until: { value: '2030-01-01', provenance: { kind: 'assumed', reason: 'usual' } } },
      standing: { kind: 'counted' },
    })
  })

  it('leaves columns out, and breaks words, rather than the width of a narrow terminal', async () => {
    const { out } = await runOfftake(['agreements', 'list', dir], 64)
    expect(lines(out)[0]).toBe('agreement  term              bn USD  accelerators  counts as')
    for (const line of lines(out)) expect(line.length).toBeLessThanOrEqual(64)
  })
})

describe('offtake agreements show', () => {
  it('says of each term where it comes from', async () => {
    const { code, out } = await runOfftake(['agreements', 'show', dir, 'reserved'])
    expect(code).toBe(0)
    expect(out).toMatch(/^tranche second +144 accelerators +assumed: twice the first$/m)
    expect(out).toMatch(/^price +2\.00 USD per accelerator-hour +stated: as above$/m)
    expect(out).toMatch(
      /^priority right +north: more racks; 2025-11-01 – +stated: the agreement\n +2026-06-01$/m,
    )
    expect(out).toMatch(/^renewal +automatic, 12 months, 90 days of notice$/m)
  })

  it.each([80, 120])('fits a terminal of %i columns', async (width) => {
    const { out } = await runOfftake(['agreements', 'show', dir, 'spend'], width)
    for (const line of lines(out)) expect(line.length).toBeLessThanOrEqual(width)
  })

  it('names the agreement that may have been meant', async () => {
    const { code, err } = await runOfftake(['agreements', 'show', dir, 'reservd'])
    expect([code, err]).toEqual([
      2,
      `there is no agreement or quote 'reservd' in ${dir}, did you mean 'reserved'?\n`,
    ])
  })

  it('gives scripts dates, fractions and exact sums', async () => {
    const { out } = await runOfftake(['agreements', 'show', dir, 'spend', '--json'])
    expect(JSON.parse(out)).toMatchObject({
      signed: '2025-12-01',
      state: 'active',
      commitment: { total: { value: { amount: '8000000.00' } }, takeOrPay: { value: 0.75 } },
    })
  })
})

describe('offtake agreements calendar', () => {
  it('says what is due when, in order of time', async () => {
    const { code, out } = await runOfftake([
      'agreements',
      'calendar',
      dir,
      '--from',
      '2026-01-02',
      '--until',
      '2028-01-02',
    ])
    expect(code).toBe(0)
    expect(lines(out)).toEqual([
      'date        agreement  what is due',
      '2026-06-01  reserved   priority right of north ends: more racks',
      '2026-07-01  reserved   144 gb200-nvl72 (racks/second) promised',
      '2027-01-01  spend      interval 1 ends: 2.00 m USD committed, 1.50 m USD of it owed in any case',
      '2027-10-03  reserved   last day of notice: renews by 12 months unless ended',
      '2028-01-01  letter     term ends',
      '2028-01-01  reserved   term ends',
      '2028-01-01  reserved   renews by 12 months unless notice was given',
      '2028-01-01  spend      interval 2 ends: 2.00 m USD committed, 1.50 m USD of it owed in any case',
    ])
  })

  it('is empty where nothing is due', async () => {
    const { code, out } = await runOfftake([
      'agreements',
      'calendar',
      dir,
      '--from',
      '2026-02-01',
      '--until',
      '2026-03-01',
    ])
    expect([code, out]).toEqual([0, 'Nothing is due in this time.\n'])
  })

  it('tells of deliveries that are past, not recorded and without a new date', async () => {
    const settings = await readFile(join(dir, 'offtake.yaml'), 'utf8')
    const late = await writePortfolio({ 'offtake.yaml': settings.replace(/asOf: .*/, 'asOf: 2026-08-01') })
    const { err } = await runOfftake(['agreements', 'calendar', late])
    expect(err).toContain('for 1 promised before 2026-08-01, the earliest for 2026-07-01')
  })

  it('wants an end after its beginning', async () => {
    const { code, err } = await runOfftake([
      'agreements',
      'calendar',
      dir,
      '--from',
      '2027-01-01',
      '--until',
      '2027-01-01',
    ])
    expect([code, err]).toEqual([2, '--until 2027-01-01 is not after 2027-01-01\n'])
  })

  it('names what is no date', async () => {
    const { code, err } = await runOfftake(['agreements', 'calendar', dir, '--from', '2026-02-30'])
    expect(code).toBe(2)
    expect(err).toContain('It is no date')
  })
})

it('says what is wrong with a portfolio, and exits 2', async () => {
  const broken = await writePortfolio({ 'agreements/reserved.yaml': 'id: [' })
  for (const command of [
    ['agreements', 'list', broken],
    ['agreements', 'show', broken, 'x'],
    ['agreements', 'calendar', broken],
  ]) {
    const { code, out, err } = await runOfftake(command)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('agreements/reserved.yaml:1:')
  }
})
