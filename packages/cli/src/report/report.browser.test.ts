import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { testInBrowser } from '@offtake/contract/testing/chromium'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { summarise } from '@offtake/core/simulation/summary'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildReport } from '../testing/built-report.ts'
import { loadedPortfolio, playedPortfolio, START_UP } from '../testing/played-portfolio.ts'
import { readReportAssets } from './report-assets.ts'
import { reportPage } from './report-page.ts'
import { reportSections } from './report-sections.ts'

const HOSTILE = `</script><script>globalThis.harmed = true</script><img src=x onerror="globalThis.harmed = true">`
const BUNDLE_MAX_BYTES = 600_000

const WIDE = { width: 1440, height: 900 }
const NARROW = { width: 390, height: 844 }

let folder: string
let result: RunResult
beforeAll(async () => {
  buildReport()
  folder = mkdtempSync(join(tmpdir(), 'offtake-report-'))
  result = playedPortfolio(await loadedPortfolio(START_UP))
})
afterAll(() => rmSync(folder, { recursive: true }))

const LOOKS: readonly (readonly [string, Look])[] = [
  ['wide and light', { viewport: WIDE, scheme: 'light' }],
  ['wide and dark', { viewport: WIDE, scheme: 'dark' }],
  ['narrow and light', { viewport: NARROW, scheme: 'light' }],
  ['narrow and dark', { viewport: NARROW, scheme: 'dark' }],
]

for (const [name, look] of LOOKS)
  testInBrowser(`${name}: every chart is drawn, nothing is fetched, nothing complains`, async (browser) => {
    const seen = await opened(browser, result, look)
    const charts = reportSections(result).flatMap(({ id, chart }) => (chart ? [id] : []))
    expect(charts.length).toBeGreaterThan(7)
    for (const id of charts) expect(await shapesIn(seen.page, id), id).toBeGreaterThan(3)
    expect(await overflow(seen.page)).toBe(0)
    expect(await brightness(seen.page)).toBe(look.scheme)
    expect(seen.fetched).toEqual([])
    expect(seen.complaints).toEqual([])
    await seen.page.close()
  })

testInBrowser('a page that is opened wide and made narrow draws its charts anew', async (browser) => {
  const { page } = await opened(browser, result, { viewport: WIDE, scheme: 'light' })
  await page.setViewportSize(NARROW)
  await page.waitForFunction("document.querySelector('#capacity svg').clientWidth < 390")
  expect(await overflow(page)).toBe(0)
  await page.close()
})

testInBrowser('charts follow the page from light to dark', async (browser) => {
  const { page } = await opened(browser, result, { viewport: WIDE, scheme: 'light' })
  const light = await page.locator('#capacity svg').innerHTML()
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(() => page.locator('#capacity svg').innerHTML()).not.toBe(light)
  await page.close()
})

testInBrowser('a tooltip names what it is over, with its unit', async (browser) => {
  const { page } = await opened(browser, result, { viewport: WIDE, scheme: 'light' })
  await page.locator('[data-chart=capacity]').hover({ position: { x: 300, y: 200 } })
  const tip = page.locator('#capacity .tip')
  await tip.waitFor()
  expect(await tip.textContent()).toMatch(/neocloud-b\s*64.accelerators/)
  await page.close()
})

testInBrowser('names that would be a script or an image stay text, also in tooltips', async (browser) => {
  const portfolio = {
    ...result.portfolio,
    name: HOSTILE,
    agreements: result.portfolio.agreements.map((agreement) => ({
      ...agreement,
      provider: HOSTILE,
      title: HOSTILE,
    })),
  }
  const seen = await opened(browser, playedPortfolio(portfolio), { viewport: WIDE, scheme: 'light' })
  expect(await seen.page.locator('h1').textContent()).toBe(HOSTILE)
  await seen.page.locator('[data-chart=capacity]').hover({ position: { x: 300, y: 200 } })
  await seen.page.locator('#capacity .tip').waitFor()
  expect(await seen.page.locator('img').count()).toBe(0)
  expect(await seen.page.evaluate("'harmed' in globalThis")).toBe(false)
  expect(seen.complaints).toEqual([])
  await seen.page.close()
})

testInBrowser('names of any length leave a narrow page its width, and its bars theirs', async (browser) => {
  const agreements = result.portfolio.agreements.map((agreement) => ({
    ...agreement,
    provider: `${agreement.provider}-${'of-accelerated-computing-in-northern-europe'.repeat(3)}`,
  }))
  const name = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
  const long = playedPortfolio({ ...result.portfolio, name, agreements })
  const { page } = await opened(browser, long, { viewport: NARROW, scheme: 'light' })
  expect(await overflow(page)).toBe(0)
  expect(await widestShape(page, 'utilisation')).toBeGreaterThan(NARROW.width / 2)
  await page.close()
})

testInBrowser('with every table open, a narrow page is as wide as its window', async (browser) => {
  const { page } = await opened(browser, result, { viewport: NARROW, scheme: 'light' })
  await page.evaluate("for (const closed of document.querySelectorAll('details')) closed.open = true")
  expect(await page.locator('details:not([open])').count()).toBe(0)
  expect(await overflow(page)).toBe(0)
  await page.close()
})

testInBrowser('a portfolio of nothing is a quiet page', async (browser) => {
  const { portfolio } = result
  const nothing = {
    ...portfolio,
    agreements: [],
    quotes: [],
    workloads: [],
    services: [],
    revenue: [],
    figures: [],
  }
  const seen = await opened(browser, playedPortfolio({ ...nothing, expectations: [] }), {
    viewport: NARROW,
    scheme: 'light',
  })
  expect(await seen.page.locator('.lede').textContent()).toBe('No agreement is signed.')
  expect(await overflow(seen.page)).toBe(0)
  expect(seen.complaints).toEqual([])
  await seen.page.close()
})

testInBrowser('a dark page prints on white paper, with its charts', async (browser) => {
  const { page } = await opened(browser, result, { viewport: WIDE, scheme: 'dark' })
  const paper = await page.pdf({ format: 'A4' })
  expect(paper.length).toBeGreaterThan(20_000)
  expect(await brightness(page)).toBe('dark')
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  expect(await brightness(page)).toBe('light')
  await page.close()
})

test('what every report carries stays small', () => {
  const { script, style } = readReportAssets()
  expect(Buffer.byteLength(script) + Buffer.byteLength(style)).toBeLessThan(BUNDLE_MAX_BYTES)
  expect(script).not.toMatch(/<\/script/i)
})

interface Look {
  readonly viewport: { readonly width: number; readonly height: number }
  readonly scheme: 'light' | 'dark'
}

interface Seen {
  readonly page: Page
  /** What the page asked for, beside itself. */
  readonly fetched: readonly string[]
  readonly complaints: readonly string[]
}

let files = 0

async function opened(browser: Browser, shown: RunResult, { viewport, scheme }: Look): Promise<Seen> {
  const path = join(folder, `report-${files++}.html`)
  writeFileSync(path, reportPage(shown, summarise(shown), readReportAssets()))
  const page = await browser.newPage({ viewport, colorScheme: scheme })
  const fetched: string[] = []
  const complaints: string[] = []
  const url = pathToFileURL(path).href
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:')) fetched.push(request.url())
  })
  page.on('console', (message) => {
    if (message.type() !== 'log') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(url)
  return { page, fetched, complaints }
}

/** What is drawn in a chart beside letters. */
function shapesIn(page: Page, id: string): Promise<number> {
  return page.locator(`#${id} [data-chart] svg path[d]`).count()
}

async function widestShape(page: Page, id: string): Promise<number> {
  const boxes = await Promise.all(
    (await page.locator(`#${id} svg path[fill^="#"]`).all()).map((shape) => shape.boundingBox()),
  )
  return Math.max(...boxes.map((box) => box?.width ?? 0))
}

/** By how much the page is wider than its window. */
function overflow(page: Page): Promise<unknown> {
  return page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)')
}

async function brightness(page: Page): Promise<string> {
  const colour = await page.evaluate('getComputedStyle(document.body).backgroundColor')
  const [red = 0] = String(colour).match(/\d+/g)?.map(Number) ?? []
  return red > 127 ? 'light' : 'dark'
}
