import { chromiumPath } from '@offtake/contract/testing/chromium-path'
import type { Browser } from 'playwright-core'
import type { Bench } from '../bench.ts'
import type { LiveServer } from '../live/live-server.ts'
import { measureBareClicks } from './bare-clicks.ts'
import { withBrowser } from './browser.ts'
import { DOMAINS, startFleetServer } from './fleet-server.ts'
import { measureBarePicture, measurePanning } from './panning.ts'
import { measureUnderEvents } from './under-events.ts'

/** The pages in a headless Chromium without a graphics card, at 1440 × 900, beside what that takes for next to nothing. */
export const WEB: Bench = {
  name: 'web',
  about: `a map of ${DOMAINS.toLocaleString('en')} domains in Chromium, drawn by software at 1440 × 900, beside bare pages`,
  unavailable: () =>
    chromiumPath() === undefined
      ? { because: 'there is no Chromium on the PATH, and OFFTAKE_CHROMIUM names none', fails: false }
      : undefined,
  cases: [
    {
      name: 'panning',
      repeats: 3,
      figures: [
        { key: 'medianMs', unit: 'ms of the main thread in a frame', better: 'lower', target: 8 },
        { key: 'p95Ms', unit: 'ms p95 of the main thread in a frame', better: 'lower', target: 16 },
        { key: 'intervalMedianMs', unit: 'ms from frame to frame', better: 'lower' },
        { key: 'intervalP95Ms', unit: 'ms p95 from frame to frame', better: 'lower' },
        { key: 'frames', unit: 'frames', better: 'higher' },
      ],
      measure: () => withFleet(measurePanning),
      yardstick: {
        name: 'a page that moves one picture',
        figure: 'medianMs',
        measure: () => withBrowser(measureBarePicture),
      },
    },
    {
      name: 'under events',
      repeats: 3,
      figures: [
        {
          key: 'inpP75Ms',
          unit: 'ms p75 from an interaction to the next paint',
          better: 'lower',
          target: 200,
        },
        { key: 'inpP98Ms', unit: 'ms p98', better: 'lower' },
        { key: 'eventsPerSecond', unit: 'events/s meanwhile', better: 'higher', target: 1_000 },
        { key: 'paintsPerFrame', unit: 'paints of the map in a frame at most', better: 'lower', target: 1 },
        { key: 'paintsPerSecond', unit: 'paints of the map a second', better: 'lower' },
        { key: 'interactions', unit: 'interactions', better: 'higher' },
      ],
      measure: () => withFleet(measureUnderEvents),
      yardstick: {
        name: 'clicks on a bare page',
        figure: 'inpP75Ms',
        measure: () => withBrowser(measureBareClicks),
      },
    },
  ],
  finish: stopFleet,
}

/** One server for all runs: to fill it takes longer than to measure. */
let started: Promise<LiveServer> | undefined

async function withFleet<Value>(
  measure: (browser: Browser, server: LiveServer) => Promise<Value>,
): Promise<Value> {
  started ??= startFleetServer()
  const server = await started
  return withBrowser((browser) => measure(browser, server))
}

async function stopFleet(): Promise<void> {
  await (await started)?.stop()
  started = undefined
}
