import { rmSync } from 'node:fs'
import { testInBrowser } from '@offtake/contract/testing/chromium'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { LAB_POOL, lendingLab } from '../../testing/lending-lab.ts'
import { type LiveServer, liveServer } from '../../testing/live-server.ts'
import { axeFindings, pictures, settled, visit } from '../../testing/visit.ts'

const lab = lendingLab()
let server: LiveServer

beforeAll(async () => {
  server = await liveServer([lab])
})

afterAll(async () => {
  await server?.stop()
  rmSync(lab, { recursive: true, force: true })
})

async function write(page: Page, label: string, text: string): Promise<void> {
  const editor = page.getByLabel(label)
  await editor.waitFor()
  await editor.fill(text)
}

const SERVICE = `tenant: product
replicas: 1
replica: { acceleratorsPerMember: 4, accepts: [h100], drain: 1s }
`

/** What stands under a name among the facts of a page. */
const fact = (page: Page, name: string, value: string) =>
  page.locator('dl > div', { has: page.getByText(name, { exact: true }) }).getByText(value, { exact: true })

testInBrowser('a service is applied, scaled and removed, and followed meanwhile', async (browser) => {
  const { page, complaints, close } = await visit(browser, server)
  await page.goto('/services/apply')
  await page.getByLabel('Name').fill('chat')
  await write(page, 'The service, as YAML', SERVICE)
  await page.getByRole('button', { name: 'Apply' }).click()
  await page.getByRole('heading', { name: 'chat' }).waitFor()
  await fact(page, 'Running', '1').waitFor()
  await page.getByLabel('Replicas', { exact: true }).first().fill('3')
  await page.getByRole('button', { name: 'Scale' }).click()
  await fact(page, 'Running', '3').waitFor()
  await fact(page, 'Accelerators held', '12').waitFor()
  expect(await axeFindings(page)).toEqual([])
  await pictures(browser, server, '/services/chat', 'service')
  await pictures(browser, server, '/services', 'services')
  await page.getByRole('link', { name: 'Apply anew' }).click()
  await write(page, 'The service, as YAML', SERVICE.replace('replicas: 1', 'replicas: 2'))
  await page.getByRole('button', { name: 'Apply' }).click()
  await fact(page, 'Wanted', '2').waitFor()
  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('button', { name: 'Remove the service' }).click()
  await page.getByText('Nothing is served').waitFor()
  expect(complaints).toEqual([])
  await close()
})

testInBrowser('a window is booked, seen and given back', async (browser) => {
  const { page, complaints, close } = await visit(browser, server)
  await page.goto('/tenants/book?tenant=research')
  await page.getByLabel('The window, as YAML').waitFor()
  await page.getByRole('button', { name: 'Book' }).click()
  await page.getByRole('cell', { name: 'night-run', exact: true }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/tenants/research')
  await page.getByRole('button', { name: 'Cancel night-run' }).click()
  await page.getByRole('button', { name: 'Cancel the window' }).click()
  await page.getByText('Nothing is booked.').waitFor()
  expect(complaints).toEqual([])
  await close()
})

testInBrowser('the tree of tenants is folded, one is opened, and its quota set', async (browser) => {
  const { page, complaints, close } = await visit(browser, server)
  await page.goto('/tenants')
  await page.getByRole('link', { name: 'Product' }).waitFor()
  expect(await axeFindings(page)).toEqual([])
  await page.getByRole('button', { name: 'Below The lab' }).click()
  await page.getByRole('link', { name: 'Product' }).waitFor({ state: 'detached' })
  expect(new URL(page.url()).search).toBe('?folded=lab')
  await page.getByRole('button', { name: 'Below The lab' }).click()
  await page.getByRole('link', { name: 'Product' }).click()
  await page.getByRole('button', { name: 'Set a quota' }).click()
  await page.getByLabel('Pool').selectOption(LAB_POOL)
  await page.getByLabel('Accelerators', { exact: true }).fill('8')
  await page.getByRole('button', { name: 'Set the quota' }).click()
  await page.getByRole('row', { name: new RegExp(`${LAB_POOL}.* 8 `) }).waitFor()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await settled(page)
  expect(await axeFindings(page)).toEqual([])
  expect(complaints).toEqual([])
  await close()
  await pictures(browser, server, '/tenants', 'tenants')
  await pictures(browser, server, '/tenants/product', 'tenant')
})

testInBrowser('where there are two, a quota waits for the second', async (browser) => {
  await server.tokenOf('ada', ['approver'])
  const { page, close } = await visit(browser, server)
  await page.goto('/tenants/product')
  await page.getByRole('button', { name: 'Set a quota' }).click()
  await page.getByLabel('Accelerators', { exact: true }).fill('4')
  await page.getByRole('button', { name: 'Set the quota' }).click()
  await page.getByText('A second person must approve it.').waitFor()
  await close()
})
