import type { Browser, Page } from 'playwright-core'
import type { LiveServer } from '../live/live-server.ts'
import { inPage, openMap, openPage, VIEWPORT } from './browser.ts'
import { CATEGORIES, framesBetween, type TracedFrame, type TraceEvent } from './main-thread.ts'
import { quantile } from './quantile.ts'

/** How often the wheel is turned before each drag: thousands of domains are in sight then, then hundreds, then some with their nodes. */
const TURNS = [1, 3, 4]
const TURN = -240
const MOVES = 240
const FRAME_MS = 1_000 / 60

/** Drags the map about by hand at several scales: what its thread does in a frame, and from frame to frame. */
export async function measurePanning(browser: Browser, server: LiveServer) {
  const page = await openPage(browser, server)
  const { x, y, width, height } = await openMap(page)
  const middle = [x + width / 2, y + height / 2] as const
  const frames: TracedFrame[] = []
  for (const turns of TURNS) {
    await page.mouse.move(...middle)
    for (let n = 0; n < turns; n++) await page.mouse.wheel(0, TURN)
    await page.waitForTimeout(1_500)
    frames.push(...(await traced(browser, page, () => drag(page, middle, [width * 0.4, height * 0.4]))))
  }
  await page.context().close()
  const [work, intervals] = [frames.map(({ workMs }) => workMs), frames.map(({ intervalMs }) => intervalMs)]
  return {
    frames: frames.length,
    medianMs: quantile(work, 0.5),
    p95Ms: quantile(work, 0.95),
    intervalMedianMs: quantile(intervals, 0.5),
    intervalP95Ms: quantile(intervals, 0.95),
  }
}

/** The same for a page that does nothing but put one picture of that size elsewhere, in every frame: what the browser takes by itself. */
export async function measureBarePicture(browser: Browser): Promise<number> {
  const page = await browser.newPage({ viewport: VIEWPORT })
  await page.goto('about:blank')
  await page.evaluate(inPage('tools/bench/web/in-page/bare-picture.mjs'))
  const frames = await traced(browser, page, () => page.waitForTimeout(3_000))
  await page.context().close()
  return quantile(
    frames.map(({ workMs }) => workMs),
    0.5,
  )
}

async function traced(browser: Browser, page: Page, during: () => Promise<void>): Promise<TracedFrame[]> {
  await browser.startTracing(page, { categories: CATEGORIES })
  await page.evaluate("void performance.mark('offtake-from')")
  await during()
  await page.evaluate("void performance.mark('offtake-until')")
  const { traceEvents } = JSON.parse(String(await browser.stopTracing())) as {
    readonly traceEvents: readonly TraceEvent[]
  }
  return framesBetween(traceEvents, 'offtake-from', 'offtake-until')
}

/** Round in a figure of eight, a step in each frame. */
async function drag(page: Page, [x, y]: readonly [number, number], [wide, high]: readonly [number, number]) {
  await page.mouse.move(x, y)
  await page.mouse.down()
  const began = performance.now()
  for (let n = 1; n <= MOVES; n++) {
    const turn = (n / MOVES) * 2 * Math.PI
    await page.mouse.move(x + Math.sin(turn) * wide, y + Math.sin(2 * turn) * high)
    const early = began + n * FRAME_MS - performance.now()
    if (early > 0) await page.waitForTimeout(early)
  }
  await page.mouse.up()
}
