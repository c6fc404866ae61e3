import { listJobs } from '@offtake/contract/api/job-routes'
import { HOUR_MS, instant } from '@offtake/core/base/instant'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkedPortfolio } from '../portfolio/checked-portfolio.ts'
import { type LiveServer, startLiveServer } from '../testing/live-server.ts'
import { smallFiles } from '../testing/small-files.ts'
import { drawnJobs } from './drawn-jobs.ts'

const WORK = `workloads:
  - id: night
    tenant: lab
    profile: muri-2022
    jobsPerDay: 2000
    accepts: [h100]
  - id: day
    tenant: product
    profile: philly-2017
    jobsPerDay: 1000
    accepts: [h100]
`
const FILES = [...smallFiles(), { path: 'workloads/work.yaml', text: WORK }]

let live: LiveServer

beforeAll(async () => {
  live = await startLiveServer({ portfolio: FILES, replay: true, speed: 2_000 })
})

afterAll(() => live.stop())

/** In the order in which they were submitted. */
async function submitted(): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const query = { limit: 500, ...(cursor === undefined ? {} : { cursor }) }
    const page = await live.client.call(listJobs, { query })
    if (!page.ok) throw new Error(page.problem.detail)
    ids.push(...page.value.items.map(({ id }) => id))
    cursor = page.value.next ?? undefined
  } while (cursor !== undefined)
  return ids
}

test('what workloads draw is submitted, each job once and none left out, across restarts', async () => {
  const before = Date.now()
  for (let restarts = 0; restarts < 2; restarts++) {
    const count = (await submitted()).length
    await expect.poll(async () => (await submitted()).length, { timeout: 20_000 }).toBeGreaterThan(count + 40)
    await live.restart()
  }
  const found = new Set(await submitted())
  const drawn: string[] = []
  const jobs = drawnJobs(checkedPortfolio(FILES), instant(before - HOUR_MS))
  for (let next = jobs.next(); !next.done && next.value.submitted < before + 24 * HOUR_MS; next = jobs.next())
    drawn.push(next.value.gang.id)
  const first = drawn.findIndex((id) => found.has(id))
  const last = drawn.findLastIndex((id) => found.has(id))
  expect(found.size).toBeGreaterThan(80)
  expect(drawn.slice(first, last + 1).filter((id) => !found.has(id))).toEqual([])
  expect(last + 1 - first).toBe(found.size)
})

test('without it no workload is played', async () => {
  const quiet = await startLiveServer({ portfolio: FILES, speed: 2_000 })
  const page = await quiet.client.call(listJobs, { query: {} })
  expect(page).toMatchObject({ value: { items: [] } })
  await quiet.stop()
})
