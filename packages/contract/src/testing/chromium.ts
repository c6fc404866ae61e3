import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'

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
