import { createHash } from 'node:crypto'
import { formatDate, instant } from '@offtake/core/base/instant'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { summarise } from '@offtake/core/simulation/summary'
import { beforeAll, expect, test } from 'vitest'
import { loadedPortfolio, playedPortfolio, START_UP } from '../testing/played-portfolio.ts'
import { writePortfolio } from '../testing/two-agreements.ts'
import type { BarChart, Chart, StepChart } from './chart.ts'
import { reportPage } from './report-page.ts'
import { reportSections } from './report-sections.ts'
import type { Section } from './section.ts'

const ASSETS = { script: 'draw()', style: 'p { margin: 0 }' }
const HOSTILE = `</script><script>alert('x')</script><img src=x onerror="alert(1)">`

let startUp: RunResult
let two: RunResult
let twoPortfolio: Portfolio
beforeAll(async () => {
  startUp = playedPortfolio(await loadedPortfolio(START_UP))
  twoPortfolio = await loadedPortfolio(await writePortfolio())
  two = playedPortfolio(twoPortfolio)
})

test('the page forbids itself the network, and any script but its own', () => {
  const page = pageOf(startUp)
  const hash = createHash('sha256').update(ASSETS.script).digest('base64')
  expect(page).toContain(`content="default-src &#39;none&#39;; script-src &#39;sha256-${hash}&#39;;`)
  expect(page).not.toMatch(/(?:src|href)="(?!data:)/)
  expect(page).not.toMatch(/url\(|@import|https?:\/\//)
})

test('names that would be markup stay text, in headings, tables and data', () => {
  const agreements = twoPortfolio.agreements.map((agreement) => ({
    ...agreement,
    title: HOSTILE,
    provider: HOSTILE,
    overlaps: [{ agreement: 'letter', because: HOSTILE }],
  }))
  const page = pageOf(playedPortfolio({ ...twoPortfolio, name: HOSTILE, agreements }))
  expect(page).not.toContain('<img')
  expect(page.match(/<script/g)).toHaveLength(2)
  expect(page.match(/<\/script/g)).toHaveLength(2)
  expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;')
  const charts = JSON.parse(/id="charts">(.*?)<\/script>/s.exec(page)?.[1] ?? '')
  expect(JSON.stringify(charts)).toContain(JSON.stringify(HOSTILE).slice(1, -1))
})

test('every chart has a heading with a number and its numbers in a table', () => {
  for (const result of [startUp, two])
    for (const { id, heading, chart, tables } of reportSections(result)) {
      if (!chart) continue
      expect(heading, id).toMatch(/\d|every|all/i)
      expect(tables?.[0]?.title, id).toBe('The same in numbers')
      expect(tables?.[0]?.rows.length, id).toBeGreaterThan(0)
      for (const row of tables?.[0]?.rows ?? [])
        expect(row, id).toHaveLength(tables?.[0]?.columns.length ?? 0)
    }
})

test('charts hold finite numbers, one for each moment or category', () => {
  for (const result of [startUp, two])
    for (const { id, chart } of reportSections(result)) {
      if (!chart) continue
      const expected = chart.kind === 'steps' ? chart.times.length : chart.categories.length
      for (const { values } of seriesOf(chart)) {
        expect(values, id).toHaveLength(expected)
        for (const value of values) expect(value === null || Number.isFinite(value), id).toBe(true)
      }
    }
})

test('charts of obligations add up to what is owed', () => {
  const { obligations } = summarise(two)
  expect(total(bars(two, 'maturities'))).toBeCloseTo(obligations.total, 1)
  expect(total(bars(two, 'assumed'))).toBeCloseTo(obligations.total, 1)
  const [owed] = bars(two, 'years').bars
  expect(total({ bars: owed ? [owed] : [] })).toBeCloseTo(obligations.total, 1)
})

test('the capacity chart peaks where the summary does, and its areas are what is delivered', () => {
  const chart = steps(startUp, 'capacity')
  const tops = chart.times.map((_, at) => chart.areas.reduce((sum, { values }) => sum + (values[at] ?? 0), 0))
  expect(Math.max(...tops)).toBe(summarise(startUp).capacity.peakAccelerators)
  // Half of the reserved accelerators came two days late.
  const promised = chart.lines.find(({ name }) => name === 'promised in all')?.values
  const missing = chart.times.filter((_, at) => (promised?.[at] ?? 0) > (tops[at] ?? 0)).map(instant)
  expect(missing.map(formatDate)).toEqual(['2026-04-01'])
})

test('what rests on an assumed amount is not shown a second time for its assumed dates', () => {
  const { counted } = two.obligations
  const pieces = counted.pieces.map((piece) => ({ ...piece, amountAssumed: true, timingAssumed: true }))
  const shaky = { ...two, obligations: { ...two.obligations, counted: { ...counted, pieces } } }
  expect(total(bars(shaky, 'assumed'))).toBeCloseTo(summarise(two).obligations.total, 1)
})

test('used and idle time are all of the time of each pool', () => {
  const { bars: parts, categories } = bars(startUp, 'utilisation')
  for (const [at, name] of categories.entries())
    expect(
      parts.reduce((sum, { values }) => sum + (values[at] ?? 0), 0),
      name,
    ).toBeCloseTo(1, 6)
})

test('cash by month is what the run pays within the horizon', () => {
  const paid = two.cash.months.reduce((sum, { out }) => sum + Number(out.micros) / 1e6, 0)
  expect(total({ bars: bars(two, 'cash').bars })).toBeCloseTo(paid, 1)
})

test('sums that must not be added stand side by side, each with its standing', () => {
  const { categories, bars: standings } = bars(two, 'overlaps')
  expect(categories).toEqual(['power · letter', 'cloud · spend', 'cloud · reserved'])
  expect(standings.map(({ name, values }) => [name, ...values])).toEqual([
    ['binding and counted', 0, 8_000_000, 0],
    ['not binding', 1_000_000_000, 0, 0],
  ])
})

test('a figure is shown with its value, its mark and what it rests on', () => {
  const figures = sectionOf(startUp, 'assumed').tables?.at(-1)
  expect(figures?.title).toBe(`All ${startUp.portfolio.figures.length} figures and where they come from`)
  const page = pageOf(startUp)
  for (const { provenance } of startUp.portfolio.figures)
    expect(page).toContain(`<span class="mark ${provenance.kind}">`)
})

test('a portfolio of nothing makes a page that says so', () => {
  const nothing = playedPortfolio({
    ...twoPortfolio,
    agreements: [],
    services: [],
    workloads: [],
    revenue: [],
    expectations: [],
    figures: [],
  })
  const page = pageOf(nothing)
  expect(page).toContain('No agreement is signed.')
  expect(page).not.toMatch(/NaN|Infinity|undefined|null/)
  expect(reportSections(nothing).filter(({ chart }) => chart)).toEqual([])
})

test('where nobody waited, that is said and no empty chart drawn', () => {
  const waitBySize = startUp.statistics.waitBySize.map((row) => ({ ...row, p50: 0, mean: 0, p99: 0 }))
  const statistics = { ...startUp.statistics, waitBySize, waitHours: { mean: 0, p50: 0, p99: 0 } }
  const { heading, chart } = sectionOf({ ...startUp, statistics }, 'waits')
  expect(heading).toBe('Every gang that started did so at once')
  expect(chart).toBeUndefined()
  expect(pageOf({ ...startUp, statistics })).toContain('half start at once, and so do 99 in a hundred')
})

test('the whole is called all of it, not 100 % of it', () => {
  expect(sectionOf(startUp, 'maturities').heading).toMatch(/^All of the .+ owed falls due within a year$/)
  expect(sectionOf(startUp, 'assumed').heading).toBe('All of what is owed rests on assumed amounts')
  expect(sectionOf(startUp, 'concentration').heading).toBe('All of what is owed lies with neocloud-a')
  expect(pageOf(startUp)).toContain('all of it within a year; all of that sum rests on assumed amounts')
})

test('a check whose two sides differ says how far apart they may be', () => {
  expect(pageOf(startUp).replaceAll('\u00a0', ' ')).toMatch(/602,688 USD<.+600,000 USD ± 1\.0 %</)
})

test('a colour of a provider means nothing else', () => {
  const ofProviders = ['capacity', 'maturities']
  for (const { id, chart } of [...reportSections(startUp), ...reportSections(two)])
    if (chart && !ofProviders.includes(id))
      for (const { colour } of seriesOf(chart)) expect(colour, id).not.toMatch(/^p\d$/)
})

test('what was supposed of deliveries stands at the top', () => {
  const page = pageOf({ ...two, slips: new Map([['reserved/racks', 90 * 86_400_000]]) })
  expect(page).toContain('<dt>What if</dt><dd>reserved/racks comes 90 days later</dd>')
})

test('a window of several years is told year by year, one within a year is not', () => {
  expect(reportSections(two).some(({ id }) => id === 'window-years')).toBe(false)
  const [year] = two.years
  if (!year) throw new Error('something happens in the window')
  const first = { ...year, year: 2025, gangs: 1_200, nodeFailures: 30, utilisation: 0.5 }
  const last = { ...year, year: 2026, gangs: 300, nodeFailures: 4, utilisation: 0.75, lostHours: 12_345 }
  const { heading, chart, tables } = sectionOf({ ...two, years: [first, last] }, 'window-years')
  expect(heading).toBe(
    '1,500 gangs and 34 failures of nodes from 2025 to 2026; in use 50.0\u00a0% of the accelerators in 2025, 75.0\u00a0% in 2026',
  )
  expect(chart).toMatchObject({ categories: ['2025', '2026'], bars: [{ values: [0.5, 0.75] }] })
  expect(tables?.[0]?.rows[1]).toEqual(expect.arrayContaining(['2026', '300', '75.0 %', '12,345']))
})

function pageOf(result: RunResult): string {
  return reportPage(result, summarise(result), ASSETS)
}

function sectionOf(result: RunResult, wanted: string): Section {
  const section = reportSections(result).find(({ id }) => id === wanted)
  if (!section) throw new Error(`there is no section ${wanted}`)
  return section
}

function bars(result: RunResult, id: string): BarChart {
  const { chart } = sectionOf(result, id)
  if (chart?.kind !== 'bars') throw new Error(`${id} shows no bars`)
  return chart
}

function steps(result: RunResult, id: string): StepChart {
  const { chart } = sectionOf(result, id)
  if (chart?.kind !== 'steps') throw new Error(`${id} shows no steps`)
  return chart
}

function seriesOf(chart: Chart) {
  return chart.kind === 'steps'
    ? [...chart.areas, ...chart.lines]
    : [...chart.bars, ...(chart.line ? [chart.line] : [])]
}

function total({ bars: series }: Pick<BarChart, 'bars'>): number {
  return series.flatMap(({ values }) => values).reduce((sum: number, value) => sum + (value ?? 0), 0)
}
