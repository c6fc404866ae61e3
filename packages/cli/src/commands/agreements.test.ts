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

describe('rights that deliveries decide', () => {
  const RIGHTS = `
lateDelivery: { graceDays: 14, creditPerWeek: 5%, terminateAfterLateTranches: 1 }
resale: { allowed: true, consent: provider, note: to parties that it knows }
`
  const withRights = async (): Promise<string> => {
    const reserved = await readFile(join(dir, 'agreements/reserved.yaml'), 'utf8')
    return writePortfolio({ 'agreements/reserved.yaml': `${reserved}${RIGHTS}` })
  }

  it('are in the calendar, with the slips that are asked about', async () => {
    const folder = await withRights()
    const calendar = ['agreements', 'calendar', folder, '--until', '2026-12-01']
    const says = async (...options: string[]) =>
      lines((await runOfftake([...calendar, ...options])).out).filter((line) => line.includes(' may be '))
    const resale =
      '2026-01-01  reserved   what is not used may be sold on with the provider’s consent, until 2028-01-01'
    expect(await says()).toEqual([resale])
    expect(await says('--slip', 'reserved/racks=30d')).toEqual([
      resale,
      '2026-07-15  reserved   a tranche is late beyond grace: may be ended early, until 2028-01-01',
    ])
  })

  it('are among the terms', async () => {
    const { out } = await runOfftake(['agreements', 'show', await withRights(), 'reserved'], 120)
    expect(out).toMatch(/right to end it +not yet: 0 of 1 late beyond grace, as far as is known/)
    expect(out).toMatch(
      /resale +allowed, with the provider’s consent, 2026-01-01 – 2028-01-01; to parties that it knows/,
    )
  })

  it('are told beside what is owed', async () => {
    const folder = await withRights()
    const slip = ['--slip', 'reserved/racks=30d']
    const { err } = await runOfftake(['obligations', folder, ...slip], 200)
    expect(err).toContain(
      'reserved may be ended from 2026-07-15 until 2028-01-01, because deliveries are late:',
    )
    const { out } = await runOfftake(['obligations', folder, '--json', ...slip])
    const { mayEnd } = JSON.parse(out).byAgreement.find(({ id }: { id: string }) => id === 'reserved')
    // 72 accelerators for 535 days from 2026-07-15 on, and 144 for 519 from 2026-07-31 on, at 2 USD an hour.
    const owedFromThen = `${2 * 24 * (72 * 535 + 144 * 519)}.00`
    expect(mayEnd).toEqual({ from: '2026-07-15', until: '2028-01-01', owedFromThen })
    expect((await runOfftake(['obligations', folder])).err).not.toContain('may be ended')
  })

  it('are not asked about lines that nobody knows', async () => {
    const { code, err } = await runOfftake(['agreements', 'calendar', dir, '--slip', 'reserved/x=30d'])
    expect([code, err]).toEqual([2, expect.stringContaining('there is no such line or tranche')])
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
