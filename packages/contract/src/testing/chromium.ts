import { type Browser, chromium } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { chromiumPath, QUIET } from './chromium-path.ts'

let running: Promise<Browser> | undefined

afterAll(async () => {
  await (await running)?.close()
})

/**
 * A test in a real browser: OFFTAKE_CHROMIUM, or the first Chromium on the PATH. Without one it is skipped and says so; where
 * CI=true or OFFTAKE_BROWSER is set, that is a failure.
 */
export function testInBrowser(name: string, body: (browser: Browser) => Promise<void>): void {
  const path = chromiumPath()
  if (path !== undefined)
    test(name, async () => {
      running ??= chromium.launch({ executablePath: path, args: QUIET })
      await body(await running)
    })
  else if (process.env.CI === 'true' || process.env.OFFTAKE_BROWSER !== undefined)
    test(name, () => expect.fail('there is no Chromium on the PATH, and OFFTAKE_CHROMIUM names none'))
  else test.skip(`${name} (skipped: no Chromium on the PATH; set OFFTAKE_CHROMIUM)`, () => {})
}
