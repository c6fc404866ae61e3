import { testInBrowser } from '@offtake/contract/testing/chromium'
import { afterAll, beforeAll, expect } from 'vitest'
import { type LiveServer, liveServer } from './testing/live-server.ts'
import { axeFindings, pictures, settled, visit } from './testing/visit.ts'

let server: LiveServer

beforeAll(async () => {
  server = await liveServer(['examples/frontier-lab'])
})

afterAll(() => server?.stop())

const PAGES = [
  ['overview', '/'],
  ['agreements', '/agreements'],
  ['agreement', '/agreements/coreweave-1'],
  ['agreement-file', '/agreements/coreweave-1?part=file'],
  ['approvals', '/agreements/approvals'],
  ['capacity', '/capacity?slip=oracle/gb300/2027-q1=90d'],
  ['fleet', '/fleet'],
  ['cost', '/cost'],
  ['audit', '/audit'],
] as const

testInBrowser('somebody signs in with a token, and out again', async (browser) => {
  const context = await browser.newContext({ baseURL: server.url })
  const page = await context.newPage()
  await page.goto('/audit?actor=portfolio')
  await page.getByLabel('Token', { exact: true }).fill('not-a-token')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('nobody knows this token').waitFor()
  await page.getByLabel('Token', { exact: true }).fill(server.token)
  await page.getByRole('button', { name: 'Sign in' }).click()
  // The page that was asked for, with its filter.
  await page.getByRole('heading', { name: 'Audit' }).waitFor()
  expect(await page.getByLabel('Who').inputValue()).toBe('portfolio')
  await page.getByRole('button', { name: 'Signed in as admin' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByLabel('Token', { exact: true }).waitFor()
  await context.close()
})

testInBrowser('somebody has the chain of the journal verified', async (browser) => {
  const { page, close } = await visit(browser, server)
  await page.goto('/audit')
  await page.getByRole('button', { name: 'Verify the chain' }).click()
  await page.getByText(/All [\d,]+ entries are as they were written/).waitFor()
  await close()
})

for (const [name, path] of PAGES) {
  testInBrowser(`${name}: whoever cannot see or point finds everything too`, async (browser) => {
    const { page, close } = await visit(browser, server)
    await page.goto(path)
    await settled(page)
    expect(await axeFindings(page)).toEqual([])
    await close()
  })

  testInBrowser(`${name}: is drawn wide and narrow, light and dark, and asks no other host`, (browser) =>
    pictures(browser, server, path, name),
  )
}
