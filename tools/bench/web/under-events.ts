import type { Browser, Page } from 'playwright-core'
import type { LiveServer } from '../live/live-server.ts'
import { load } from '../live/load.ts'
import { inPage, openMap, openPage } from './browser.ts'
import { countEvents } from './count-events.ts'
import { quantile } from './quantile.ts'

/** A job is submitted, placed and finished: three events. */
const JOBS_A_SECOND = 350
const SECONDS = 20
const CONNECTIONS = 32
/** From one deed to the next. */
const PAUSE_MS = 350
/** The page tells of no interaction that took less. */
const LEAST_MS = 16

const job = () => ({
  path: '/v1/jobs',
  body: { tenant: 'batch', accelerators: 4, hardware: ['gb300-nvl72'], duration: '3s' },
})

interface Seen {
  readonly durations: readonly number[]
  readonly paints: number
  readonly mostPaintsPerFrame: number
}

/** Works at the map while jobs are submitted and finish: how long what one does takes to be seen, and how often the map is painted. */
export async function measureUnderEvents(browser: Browser, server: LiveServer) {
  const page = await openPage(browser, server)
  await page.addInitScript({ content: inPage('tools/bench/web/in-page/watch.mjs') })
  const { x, y, width, height } = await openMap(page)
  const counted = countEvents(server)
  const loaded = load(server, job, { seconds: SECONDS, connections: CONNECTIONS, perSecond: JOBS_A_SECOND })
  // The first jobs have to finish before there are as many events as later.
  await page.waitForTimeout(4_000)
  await page.evaluate('offtakeForget()')
  const from = { events: counted.events(), at: performance.now() }
  const deeds = await work(page, { x, y, width, height }, (SECONDS - 5) * 1_000)
  const seen = await page.evaluate<Seen>('offtakeSeen()')
  const seconds = (performance.now() - from.at) / 1_000
  const eventsPerSecond = (counted.events() - from.events) / seconds
  await loaded
  counted.stop()
  await page.context().close()
  const unseen = Math.max(0, deeds - seen.durations.length)
  const durations = [...seen.durations, ...Array.from({ length: unseen }, () => LEAST_MS)]
  return {
    eventsPerSecond,
    interactions: durations.length,
    inpP75Ms: quantile(durations, 0.75),
    inpP98Ms: quantile(durations, 0.98),
    paintsPerFrame: seen.mostPaintsPerFrame,
    paintsPerSecond: seen.paints / seconds,
  }
}

interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Clicks, keys and changes of colour, one after the other; says how many. */
async function work(page: Page, { x, y, width, height }: Area, ms: number): Promise<number> {
  const colours = ['Health', 'Fragments', 'Own or lent', 'Who uses it']
  const until = performance.now() + ms
  let deeds = 0
  for (; performance.now() < until; deeds++) {
    if (deeds % 3 === 0)
      await page.getByText(colours[(deeds / 3) % colours.length] ?? '', { exact: true }).click()
    else if (deeds % 3 === 1)
      await page.mouse.click(x + width * (0.1 + 0.05 * (deeds % 7)), y + height * (0.3 + 0.05 * (deeds % 5)))
    else {
      await page.getByRole('application', { name: 'Map of the fleet' }).focus()
      await page.keyboard.press(deeds % 2 === 0 ? '+' : '-')
    }
    await page.waitForTimeout(PAUSE_MS)
  }
  return deeds
}
