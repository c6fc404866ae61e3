import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const SCREENSHOTS = fileURLToPath(new URL('../../../../screenshots/web', import.meta.url))

/** WCAG 2.2 AA and what it builds on. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

const WIDE = { width: 1440, height: 900 }
const NARROW = { width: 390, height: 844 }

export interface Visit {
  readonly page: Page
  /** What the browser complained of, and every address of another host that was asked. */
  readonly complaints: string[]
  readonly close: () => Promise<void>
}

interface Look {
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly scheme?: 'light' | 'dark'
}

/** A browser that is signed in, with nothing of what others did in it. */
export async function visit(
  browser: Browser,
  { url, token }: { readonly url: string; readonly token: string },
  { viewport = WIDE, scheme = 'light' }: Look = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport, colorScheme: scheme, baseURL: url })
  const complaints: string[] = []
  const signedIn = await context.request.post('/v1/session', { data: { token } })
  expect(signedIn.status()).toBe(200)
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== url && !request.url().startsWith('data:'))
      complaints.push(`asked ${request.url()}`)
  })
  return { page, complaints, close: () => context.close() }
}

/** What axe finds wrong with a page as it is, one line a rule. */
export async function axeFindings(page: Page): Promise<string[]> {
  // Handed to the browser itself: the policy of the page lets no further script in.
  await page.evaluate(readFileSync(AXE, 'utf8'))
  return page.evaluate(async (values) => {
    const { axe } = globalThis as unknown as { axe: { run: (options: unknown) => Promise<AxeResult> } }
    const { violations } = await axe.run({ runOnly: { type: 'tag', values } })
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    )
  }, RULES)
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string
    readonly nodes: readonly { readonly html: string }[]
  }[]
}

/** Pictures of a page in every look, to be looked at; under /screenshots. */
export async function pictures(
  browser: Browser,
  server: { readonly url: string; readonly token: string },
  path: string,
  name: string,
): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true })
  for (const [width, viewport] of [
    ['wide', WIDE],
    ['narrow', NARROW],
  ] as const)
    for (const scheme of ['light', 'dark'] as const) {
      const { page, complaints, close } = await visit(browser, server, { viewport, scheme })
      await page.goto(path)
      await settled(page)
      await page.screenshot({ path: join(SCREENSHOTS, `${name}-${width}-${scheme}.png`) })
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0)
      expect(complaints).toEqual([])
      await close()
    }
}

/** Waits until a page shows what it has, and nothing that stands for what is being read. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForFunction(
    () => document.querySelector('[aria-busy="true"], .mantine-Skeleton-root') === null,
  )
}
