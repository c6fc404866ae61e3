import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
// Chromium by itself looks for updates and more; what is tested may be the only one to ask for anything.
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/**
 * Tests in a real browser: OFFTAKE_CHROMIUM, or the first Chromium on the PATH. Without one they are skipped and say so; where
 * CI=true or OFFTAKE_BROWSER is set, that is a failure.
 */
export function describeInBrowser(name: string, body: (browser: () => Browser) => void): void {
  const path = chromiumPath()
  if (path !== undefined) {
    describe(name, () => {
      let browser: Browser | undefined
      beforeAll(async () => {
        browser = await chromium.launch({ executablePath: path, args: QUIET })
      })
      afterAll(() => browser?.close())
      body(() => {
        if (!browser) throw new Error('the browser has not started')
        return browser
      })
    })
  } else if (process.env.CI === 'true' || process.env.OFFTAKE_BROWSER !== undefined)
    test(name, () => expect.fail('there is no Chromium on the PATH, and OFFTAKE_CHROMIUM names none'))
  else test.skip(`${name} (skipped: no Chromium on the PATH; set OFFTAKE_CHROMIUM)`, () => {})
}

function chromiumPath(): string | undefined {
  const named = process.env.OFFTAKE_CHROMIUM
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const known = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return (named ? [named] : known).find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
