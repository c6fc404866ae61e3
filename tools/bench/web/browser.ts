import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromiumPath, QUIET } from '@offtake/contract/testing/chromium-path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { ROOT } from '../../root.ts'
import type { Target } from '../live/load.ts'

export const VIEWPORT = { width: 1440, height: 900 }

/** Headless, without a graphics card: all is drawn by software. */
export async function withBrowser<Value>(use: (browser: Browser) => Promise<Value>): Promise<Value> {
  const browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: QUIET })
  try {
    return await use(browser)
  } finally {
    await browser.close()
  }
}

/** A page that is signed in at a server. */
export async function openPage(browser: Browser, { url, token }: Target): Promise<Page> {
  const context = await signedIn(browser, { url, token })
  return context.newPage()
}

async function signedIn(browser: Browser, { url, token }: Target): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: VIEWPORT, baseURL: url })
  await context.request.post('/v1/session', { data: { token } })
  return context
}

/** The map once it shows the fleet. */
export async function openMap(page: Page) {
  await page.goto('/fleet')
  const map = page.getByRole('application', { name: 'Map of the fleet' })
  await map.waitFor()
  await page.waitForTimeout(1_500)
  const box = await map.boundingBox()
  if (!box) throw new Error('the map has no size')
  return { map, ...box }
}

/** A script as a text that a page carries out: what runs there is compiled by nobody. */
export function inPage(file: string): string {
  return `(() => {${readFileSync(join(ROOT, file), 'utf8')}})()`
}
