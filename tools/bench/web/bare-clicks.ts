import type { Browser } from 'playwright-core'
import { inPage } from './browser.ts'
import { quantile } from './quantile.ts'

const CLICKS = 20

/** How long a click on a page with nothing but a button takes to be seen, in milliseconds; p75. */
export async function measureBareClicks(browser: Browser): Promise<number> {
  const page = await browser.newPage()
  await page.setContent('<button>0</button>')
  await page.evaluate(inPage('tools/bench/web/in-page/bare-button.mjs'))
  for (let n = 0; n < CLICKS; n++) {
    await page.getByRole('button').click()
    await page.waitForTimeout(60)
  }
  const seen = await page.evaluate<number[]>('offtakeDurations()')
  await page.close()
  const rest = Array.from({ length: Math.max(0, CLICKS - seen.length) }, () => 16)
  return quantile([...seen, ...rest], 0.75)
}
