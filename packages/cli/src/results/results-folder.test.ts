import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import { type Summary, summarise } from '@offtake/core/simulation/summary'
import { parse } from 'csv-parse/sync'
import { beforeAll, expect, test } from 'vitest'
import { buildReport } from '../testing/built-report.ts'
import { loadedPortfolio, playedPortfolio } from '../testing/played-portfolio.ts'
import { inFolder } from '../testing/temporary-folder.ts'
import { writePortfolio } from '../testing/two-agreements.ts'
import { openResults, type ResultsFolder } from './results-folder.ts'

let portfolio: Portfolio
beforeAll(async () => {
  buildReport()
  portfolio = await loadedPortfolio(await writePortfolio())
})

const FILES = [
  'agreements.csv',
  'burn-down.csv',
  'capacity.csv',
  'cash.csv',
  'chargeback.csv',
  'charges.csv',
  'events.jsonl.gz',
  'figures.csv',
  'idle.csv',
  'obligations.csv',
  'prepayments.csv',
  'report.html',
  'summary.json',
  'usage-by-line.csv',
  'usage.csv',
  'waits.csv',
]

test('a run leaves all of its files and nothing else', () =>
  inFolder({}, async (dir) => {
    const summary = await runInto(join(dir, 'out'))
    expect(readdirSync(join(dir, 'out')).sort()).toEqual(FILES)
    expect(readdirSync(dir)).toEqual(['out'])
    expect(JSON.parse(readFileSync(join(dir, 'out/summary.json'), 'utf8'))).toEqual(summary)
    expect(eventsIn(join(dir, 'out'))).toHaveLength(summary.allocation.events)
  }))

test('the same seed gives the same bytes: summary, tables, events and report', () =>
  inFolder({}, async (dir) => {
    await runInto(join(dir, 'a'))
    await runInto(join(dir, 'b'))
    for (const file of FILES)
      expect(readFileSync(join(dir, 'a', file)).equals(readFileSync(join(dir, 'b', file))), file).toBe(true)
  }))

test('the tables add up to the summary, to the cent', () =>
  inFolder({}, async (dir) => {
    const out = join(dir, 'out')
    const { obligations, cost, agreements, usage, capacity } = await runInto(out)
    const owed = rowsOf(out, 'obligations').filter(({ standing }) => standing === 'counted')
    expect(sumOf(owed, 'amount')).toBe(cents(obligations.total))
    for (const maturity of ['under1y', 'from1to3y', 'from3to5y', 'over5y'] as const)
      expect(
        sumOf(
          owed.filter((row) => row.maturity === maturity),
          'amount',
        ),
      ).toBe(cents(obligations[maturity]))
    const loose = rowsOf(out, 'obligations').filter(({ standing }) => standing === 'notBinding')
    expect(sumOf(loose, 'amount')).toBe(cents(obligations.nonBinding))
    const charges = rowsOf(out, 'charges')
    expect(
      sumOf(
        charges.filter(({ inHorizon }) => inHorizon === 'true'),
        'amount',
      ),
    ).toBe(cents(cost.charged))
    const inWindow = charges.filter((row) => row.inWindow === 'true')
    expect(sumOf(inWindow, 'amount')).toBe(cents(cost.chargedInWindow))
    expect(sumOf(rowsOf(out, 'chargeback'), 'amount')).toBe(sumOf(inWindow, 'amount'))
    for (const { id, charged } of agreements) {
      expect(
        sumOf(
          charges.filter(({ agreement }) => agreement === id),
          'amount',
        ),
      ).toBe(cents(charged))
      expect(
        sumOf(
          rowsOf(out, 'agreements').filter((row) => row.id === id),
          'charged',
        ),
      ).toBe(cents(charged))
    }
    expect(sumOf(rowsOf(out, 'idle'), 'usedHours')).toBe(hours(usage.usedHours))
    expect(sumOf(rowsOf(out, 'usage'), 'usedHours')).toBe(hours(usage.usedHours))
    expect(sumOf(rowsOf(out, 'usage-by-line'), 'usedHours')).toBe(hours(usage.usedHours))
    expect(peakIn(rowsOf(out, 'capacity'))).toBe(capacity.peakAccelerators)
  }))

test('earlier results are replaced, whatever they were', () =>
  inFolder({ 'out/summary.json': '{}', 'out/usage.csv': 'old' }, async (dir) => {
    await runInto(join(dir, 'out'))
    expect(readFileSync(join(dir, 'out/usage.csv'), 'utf8')).not.toBe('old')
    expect(readdirSync(join(dir, 'out')).sort()).toEqual(FILES)
  }))

test.each([
  ['holds a file that no run writes', { 'out/summary.json': '{}', 'out/notes.md': 'mine' }, 'notes.md'],
  ['holds no summary', { 'out/report.html': 'another report' }, 'report.html'],
])('a folder that %s is refused before anything is played', (_, files, found) =>
  inFolder(files, async (dir) => {
    const before = readdirSync(join(dir, 'out'))
    expect(await openResults(join(dir, 'out'))).toEqual({
      ok: false,
      problems: [{ code: 'notReplaceable', found }],
    })
    expect(readdirSync(join(dir, 'out'))).toEqual(before)
    expect(readdirSync(dir)).toEqual(['out'])
  }),
)

test('a failure midway leaves the earlier results and no trace of the new ones', () =>
  inFolder({ 'out/summary.json': 'earlier' }, async (dir) => {
    const folder = await opened(join(dir, 'out'))
    const result = playedPortfolio(portfolio, folder.observe)
    const hidden = readdirSync(dir).find((name) => name !== 'out') ?? ''
    rmSync(join(dir, hidden, 'new'), { recursive: true })
    writeFileSync(join(dir, hidden, 'new'), 'a file where a folder belongs')
    expect(await folder.finish(result, summarise(result))).toMatchObject({
      ok: false,
      problems: [{ code: 'notWritable' }],
    })
    expect(readFileSync(join(dir, 'out/summary.json'), 'utf8')).toBe('earlier')
    expect(readdirSync(dir)).toEqual(['out'])
  }))

test('a run that is abandoned leaves nothing', () =>
  inFolder({}, async (dir) => {
    const folder = await opened(join(dir, 'out'))
    playedPortfolio(portfolio, folder.observe)
    await folder.abandon()
    expect(readdirSync(dir)).toEqual([])
  }))

test('a place below a file is a named problem', () =>
  inFolder({ file: '' }, async (dir) => {
    expect(await openResults(join(dir, 'file', 'out'))).toMatchObject({
      ok: false,
      problems: [{ code: 'notWritable' }],
    })
    expect(existsSync(join(dir, 'file', 'out'))).toBe(false)
  }))

async function opened(dir: string): Promise<ResultsFolder> {
  const folder = await openResults(dir)
  if (!folder.ok) throw new Error(JSON.stringify(folder.problems))
  return folder.value
}

async function runInto(dir: string): Promise<Summary> {
  const folder = await opened(dir)
  const result = playedPortfolio(portfolio, folder.observe)
  const summary = summarise(result)
  expect(await folder.finish(result, summary)).toEqual({ ok: true, value: undefined })
  return summary
}

function rowsOf(dir: string, table: string): Record<string, string>[] {
  return parse(readFileSync(join(dir, `${table}.csv`)), { columns: true })
}

function eventsIn(dir: string): string[] {
  return gunzipSync(readFileSync(join(dir, 'events.jsonl.gz')))
    .toString()
    .trimEnd()
    .split('\n')
}

/** A column in millionths, rounded to the cent as the summary rounds. */
function sumOf(rows: readonly Record<string, string>[], column: string): number {
  const millionths = rows.reduce((sum, row) => sum + inMillionths(row[column] ?? '0'), 0n)
  return Math.round(Number(millionths) / 10_000)
}

function inMillionths(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.')
  const size = BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0'))
  return decimal.startsWith('-') ? -size : size
}

function cents(units: number): number {
  return Math.round(units * 100)
}

function hours(value: number): number {
  return Math.round(value * 100)
}

/** The pools' levels added up at every moment at which one of them changes. */
function peakIn(rows: readonly Record<string, string>[]): number {
  const moments = [...new Set(rows.map(({ from }) => from ?? ''))].sort()
  const pools = [...new Set(rows.map(({ pool }) => pool))]
  const levelAt = (pool: string | undefined, moment: string): number => {
    const before = rows.filter((row) => row.pool === pool && (row.from ?? '') <= moment)
    return Number(before.at(-1)?.delivered ?? 0)
  }
  return Math.max(...moments.map((moment) => pools.reduce((sum, pool) => sum + levelAt(pool, moment), 0)))
}
