import { rmSync } from 'node:fs'
import { cancelJob, type JobView, listJobs, submitJob } from '@offtake/contract/api/job-routes'
import { testInBrowser } from '@offtake/contract/testing/chromium'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { LAB_POOL, lendingLab } from '../../testing/lending-lab.ts'
import { type LiveServer, liveServer } from '../../testing/live-server.ts'
import { axeFindings, pictures, settled, visit } from '../../testing/visit.ts'

const lab = lendingLab()
let server: LiveServer

beforeAll(async () => {
  server = await liveServer([lab, '--speed', '1'])
})

afterAll(async () => {
  await server?.stop()
  rmSync(lab, { recursive: true, force: true })
})

// Each finds the machines free.
afterEach(async () => {
  for (const state of ['waiting', 'running'] as const) {
    const jobs = await server.admin.call(listJobs, { query: { state, limit: 500 } })
    if (!jobs.ok) throw new Error(jobs.problem.detail)
    for (const { id } of jobs.value.items) await server.admin.call(cancelJob, { params: { id } })
  }
})

interface Work {
  readonly id: string
  readonly tenant: string
  readonly accelerators?: number
  readonly script?: string
}

async function submitted({ id, tenant, accelerators = 1, script }: Work): Promise<JobView> {
  const body = {
    id,
    tenant,
    accelerators,
    hardware: [script === undefined ? 'h100' : 'slot'],
    limit: '2h',
    checkpoint: '1s',
    ...(script === undefined ? {} : { command: ['sh', '-c', script] }),
  }
  const made = await server.admin.call(submitJob, { body })
  if (!made.ok) throw new Error(made.problem.detail)
  return made.value
}

async function write(page: Page, text: string): Promise<void> {
  const editor = page.getByLabel('The job, as YAML')
  await editor.waitFor()
  await editor.fill(text)
}

testInBrowser(
  'somebody submits a job and sees where it starts, and where the next one waits',
  async (browser) => {
    const { page, complaints, close } = await visit(browser, server)
    await page.goto('/workloads/submit')
    await write(page, 'name: mine\ntenant: research\nhardware: [h100]\naccelerators: 32\nlimit: 1h\n')
    await page.getByRole('button', { name: 'Submit', exact: true }).click()
    await page.getByText(`Placed in ${LAB_POOL} (simulated)`).waitFor()
    await write(page, 'name: next\ntenant: research\nhardware: [h100]\naccelerators: 8\nlimit: 1h\n')
    await page.getByRole('button', { name: 'Submit', exact: true }).click()
    await page
      .getByText(/Waits: in north.us-east.h100 no room: 0 accelerators are free, it needs 8; starts in/)
      .waitFor()
    await page.getByRole('link', { name: 'next', exact: true }).click()
    await page.getByRole('heading', { name: 'Why it waits' }).waitFor()
    await page.getByRole('link', { name: 'mine' }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'All workloads' }).click()
    await page.locator('label', { hasText: 'Waiting' }).click()
    await page.getByText('no room: 0 accelerators are free, it needs 8').waitFor()
    expect(new URL(page.url()).search).toBe('?state=waiting')
    expect(complaints).toEqual([])
    await close()
  },
)

testInBrowser('what is wrong with a job is shown where it is', async (browser) => {
  const { page, close } = await visit(browser, server)
  await page.goto('/workloads/submit')
  await write(page, 'tenant: research\nhardware: [h100]\naccelerators: many\n')
  await page.locator('.cm-lintRange-error', { hasText: 'many' }).waitFor()
  await write(page, 'tenant: nobody\nhardware: [h100]\naccelerators: 8\n')
  await page.getByRole('button', { name: 'Submit', exact: true }).click()
  await page.locator('.cm-lintRange-error', { hasText: 'nobody' }).waitFor()
  await close()
})

testInBrowser('a borrower is followed while its owner asks back what is its own', async (browser) => {
  await submitted({ id: 'borrower', tenant: 'guests', accelerators: 32 })
  const { page, close } = await visit(browser, server)
  await page.goto('/workloads/borrower')
  await page.getByText(/Expected to end/).waitFor()
  await submitted({ id: 'owner', tenant: 'product', accelerators: 16 })
  await page.getByRole('cell', { name: 'reclaimed by its owner' }).waitFor()
  await page.getByRole('heading', { name: 'Why it waits' }).waitFor()
  await page.getByRole('link', { name: 'owner', exact: true }).waitFor()
  expect(await axeFindings(page)).toEqual([])
  await pictures(browser, server, '/workloads/borrower', 'workload')
  await close()
})

testInBrowser(
  'a server that dies while a job is submitted: it says so, and goes on by itself',
  async (browser) => {
    const { page, close } = await visit(browser, server)
    await page.goto('/workloads/submit')
    await write(page, 'name: through\ntenant: product\nhardware: [h100]\naccelerators: 8\nlimit: 1h\n')
    const restarted = server.restart()
    await page.getByText(/Reconnecting since/).waitFor()
    await page.getByRole('button', { name: 'Submit', exact: true }).click()
    await restarted
    await page.getByText(`Placed in ${LAB_POOL}`).waitFor()
    await page.getByText('Live', { exact: true }).waitFor()
    const jobs = await server.admin.call(listJobs, { query: { name: 'through' } })
    expect(jobs).toMatchObject({ value: { items: [{ state: 'running' }] } })
    await close()
  },
)

testInBrowser('what a real process says is shown as it says it, up to its end', async (browser) => {
  await submitted({
    id: 'speaks',
    tenant: 'guests',
    script: 'for n in 1 2 3; do echo "step $n"; sleep 0.4; done',
  })
  const { page, complaints, close } = await visit(browser, server)
  await page.goto('/workloads/speaks')
  await page.getByText('step 1').waitFor()
  await page.getByText('step 3').waitFor()
  await page.getByText('That is all it said.').waitFor()
  expect(complaints).toEqual([])
  await close()
})

testInBrowser('a job is cancelled once that was confirmed', async (browser) => {
  await submitted({ id: 'going', tenant: 'product', accelerators: 8 })
  const { page, complaints, close } = await visit(browser, server)
  await page.goto('/workloads/going')
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await page.getByRole('button', { name: 'Cancel the job' }).click()
  await page.getByText('cancelled', { exact: true }).first().waitFor()
  await page.getByRole('button', { name: 'Cancel', exact: true }).waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
  await close()
})

testInBrowser('a tenant sees its own jobs and nobody else’s', async (browser) => {
  await submitted({ id: 'ours', tenant: 'product', accelerators: 8 })
  await submitted({ id: 'theirs', tenant: 'research', accelerators: 8 })
  const token = await server.tokenOf('site', ['tenant'], 'product')
  const { page, close } = await visit(browser, { url: server.url, token })
  await page.goto('/workloads')
  await page.getByRole('link', { name: 'ours' }).waitFor()
  expect(await page.getByRole('link', { name: 'theirs' }).count()).toBe(0)
  await page.goto('/workloads/theirs')
  await page.getByText(/There is nothing of that name/).waitFor()
  await close()
})

for (const [name, path] of [
  ['workloads', '/workloads'],
  ['submit', '/workloads/submit'],
] as const)
  testInBrowser(
    `${name}: is drawn wide and narrow, light and dark, for whoever cannot see or point too`,
    async (browser) => {
      await submitted({ id: `long-${name}`, tenant: 'research', accelerators: 32 })
      await submitted({ id: `behind-${name}`, tenant: 'product', accelerators: 16 })
      const { page, close } = await visit(browser, server)
      await page.goto(path)
      await settled(page)
      expect(await axeFindings(page)).toEqual([])
      await close()
      await pictures(browser, server, path, name)
    },
  )
