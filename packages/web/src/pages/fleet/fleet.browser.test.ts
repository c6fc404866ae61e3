import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listStays, showJob, submitJob } from '@offtake/contract/api/job-routes'
import { testInBrowser } from '@offtake/contract/testing/chromium'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { generateFleet } from '../../testing/generate-fleet.ts'
import { type LiveServer, liveServer } from '../../testing/live-server.ts'
import { axeFindings, pictures, settled, visit } from '../../testing/visit.ts'

const DOMAINS = 400

let server: LiveServer
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offtake-fleet-'))
  await generateFleet(join(folder, 'fleet'), DOMAINS)
  // So that a drain need not be waited for.
  const settings = join(folder, 'fleet/offtake.yaml')
  writeFileSync(settings, readFileSync(settings, 'utf8').replace('reclaimNotice: 10m', 'reclaimNotice: 2s'))
  server = await liveServer([join(folder, 'fleet')])
})

afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A job of one node for a day; where it runs once it does. */
async function runningJob(
  id: string,
): Promise<{ readonly pool: string; readonly domain: number; readonly node: number }> {
  const body = {
    id,
    tenant: 'experiments',
    accelerators: 4,
    hardware: ['gb300-nvl72'],
    duration: '1d',
    checkpoint: '1m',
  }
  expect(await server.admin.call(submitJob, { body })).toMatchObject({ ok: true })
  return placeOf(id)
}

async function placeOf(id: string) {
  return expect
    .poll(() => placed(id), { timeout: 10_000 })
    .toBeDefined()
    .then(() => must(placed(id)))
}

async function placed(id: string) {
  const answer = await server.admin.call(listStays, { params: { id }, query: {} })
  const place = answer.ok ? answer.value.items.find(({ end }) => end === null)?.places[0] : undefined
  const [nodes, domains] = [place?.nodes[0], place?.domains[0]]
  return place && nodes && domains
    ? { pool: place.pool, domain: domains.first, node: nodes.first }
    : undefined
}

async function must<Value>(value: Promise<Value | undefined>): Promise<Value> {
  const there = await value
  if (there === undefined) throw new Error('it was there a moment ago')
  return there
}

const addressOf = (pool: string, domain: number): string =>
  `/fleet?${new URLSearchParams({ pool, domain: String(domain) })}`

const nodeRow = (page: Page, node: number) =>
  page.getByRole('table', { name: 'Nodes' }).getByRole('row', { name: new RegExp(`^Node ${node} `) })

testInBrowser('an operator drains a node, and sees its job go on elsewhere', async (browser) => {
  const { pool, domain, node } = await runningJob('to-be-moved')
  const { page, complaints, close } = await visit(browser, server)
  await page.goto(addressOf(pool, domain))
  await nodeRow(page, node).getByText('to-be-moved').waitFor()
  await nodeRow(page, node).getByRole('button', { name: 'What can be done' }).click()
  await page.getByRole('menuitem', { name: 'Drain' }).click()
  const dialog = page.getByRole('dialog', { name: `Drain node ${node} of ${pool}?` })
  await dialog.getByText('1 job has something there: to-be-moved').waitFor()
  await dialog.getByRole('button', { name: 'Drain' }).click()
  await page.getByText('Until then to-be-moved may end, or move elsewhere.').waitFor()
  await page.getByRole('button', { name: 'Close' }).last().click()
  await nodeRow(page, node).getByText('out', { exact: true }).waitFor()
  await expect.poll(() => placed('to-be-moved').then((now) => now?.node), { timeout: 15_000 }).not.toBe(node)
  const now = await placeOf('to-be-moved')
  expect(now.node).not.toBe(node)
  await page.goto(`/fleet?job=to-be-moved`)
  await page.getByText('to-be-moved: 1 domain').waitFor()
  await page.goto(addressOf(pool, domain))
  await nodeRow(page, node).getByRole('button', { name: 'What can be done' }).click()
  await page.getByRole('menuitem', { name: 'Return' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Return' }).click()
  await page.getByText('1 node is in service again').waitFor()
  await nodeRow(page, node).getByText('up', { exact: true }).waitFor()
  expect(complaints).toEqual([])
  await close()
})

testInBrowser('who may only look is offered nothing to do', async (browser) => {
  const { pool, domain, node } = await runningJob('looked-at')
  const token = await server.tokenOf('reader', ['viewer'])
  const { page, close } = await visit(browser, { url: server.url, token })
  await page.goto(addressOf(pool, domain))
  await nodeRow(page, node).getByText('looked-at').waitFor()
  expect(await page.getByRole('button', { name: 'What can be done' }).count()).toBe(0)
  await close()
})

testInBrowser('the map is zoomed and moved by keys, and opens the domain in the middle', async (browser) => {
  const { page, close } = await visit(browser, server)
  await page.goto('/fleet')
  const map = page.getByRole('application', { name: 'Map of the fleet' })
  await map.waitFor()
  const before = await map.screenshot()
  await map.focus()
  for (let n = 0; n < 6; n++) await page.keyboard.press('+')
  await page.getByText(/gb300-nvl72 · block \d+$/).waitFor()
  await page.keyboard.press('ArrowRight')
  expect(Buffer.compare(await map.screenshot(), before)).not.toBe(0)
  await page.keyboard.press('Enter')
  await page.getByRole('complementary', { name: /^Domain \d+$/ }).waitFor()
  expect(new URL(page.url()).searchParams.get('domain')).toMatch(/^\d+$/)
  await page.keyboard.press('Escape')
  await expect.poll(() => new URL(page.url()).searchParams.has('domain')).toBe(false)
  await map.focus()
  await page.keyboard.press('0')
  await page.getByText('Drag to move').waitFor()
  await close()
})

testInBrowser(
  'a domain is clicked, its colours are chosen, and the address leads back to both',
  async (browser) => {
    const { page, close } = await visit(browser, server)
    await page.goto('/fleet')
    const map = page.getByRole('application', { name: 'Map of the fleet' })
    await map.waitFor()
    await page.getByText('Health').click()
    await map.click({ position: { x: 4, y: 46 } })
    const panel = page.getByRole('complementary', { name: 'Domain 0' })
    await panel
      .getByText(/^\d+ \/ 4$/)
      .first()
      .waitFor()
    const address = page.url()
    expect(new URL(address).searchParams.get('colour')).toBe('health')
    await page.goto('/audit')
    await page.goto(address)
    await panel.waitFor()
    await page.getByText('All nodes work').waitFor()
    await close()
  },
)

testInBrowser('a tenant is found by typing, and shown alone', async (browser) => {
  await runningJob('of-a-tenant')
  const { page, close } = await visit(browser, server)
  await page.goto('/fleet')
  await page.getByRole('combobox', { name: 'Find a job' }).fill('experim')
  await page.getByRole('option', { name: 'experiments' }).click()
  await page.getByText(/^experiments: \d+ domains?$/).waitFor()
  expect(new URL(page.url()).searchParams.get('tenant')).toBe('experiments')
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect.poll(() => new URL(page.url()).searchParams.has('tenant')).toBe(false)
  await close()
})

testInBrowser('what somebody else does is seen without reload', async (browser) => {
  const { page, close } = await visit(browser, server)
  await page.goto('/fleet?tenant=post-training')
  await page.getByText('post-training: 0 domains').waitFor()
  const body = {
    id: 'seen-live',
    tenant: 'post-training',
    accelerators: 72,
    hardware: ['gb300-nvl72'],
    duration: '1d',
  }
  expect(await server.admin.call(submitJob, { body })).toMatchObject({ ok: true })
  await page.getByText('post-training: 1 domain', { exact: true }).waitFor()
  expect(await server.admin.call(showJob, { params: { id: 'seen-live' } })).toMatchObject({ ok: true })
  await close()
})

testInBrowser(
  'a domain is shown to whoever cannot see or point, and drawn wide and narrow',
  async (browser) => {
    const { pool, domain } = await runningJob('drawn')
    const { page, close } = await visit(browser, server)
    await page.goto(addressOf(pool, domain))
    await settled(page)
    await page.getByRole('table', { name: 'Nodes' }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await close()
    await pictures(browser, server, addressOf(pool, domain), 'fleet-domain')
  },
)
