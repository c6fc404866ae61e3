import { replacePortfolio, showPortfolio } from '@offtake/contract/api/portfolio-routes'
import type { FileText } from '@offtake/contract/portfolio/file-texts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from '../testing/live-server.ts'
import { dayFromNow, H100, smallFiles, withWords } from '../testing/small-files.ts'

let live: LiveServer

beforeAll(async () => {
  live = await startLiveServer({ portfolio: smallFiles() })
})

afterAll(() => live.stop())

async function read() {
  const answer = await live.client.call(showPortfolio, {})
  if (!answer.ok) throw new Error(answer.problem.detail)
  const files = answer.value.files.map(({ path, text }) => ({ path, text }))
  return { files, version: answer.value.version, etag: answer.etag ?? '' }
}

async function replace(files: readonly FileText[], match?: string) {
  const { etag } = await read()
  return live.client.call(replacePortfolio, { body: { files: [...files] }, match: match ?? etag })
}

/** The accelerators that the allocator has of the pool, and whether it was given or lost some since. */
function stocked(): { total: number; nodes: number } {
  const free = live.serving.engine.allocator.state.poolById.get(H100)?.free
  let total = 0
  for (let node = 0; node < (free?.nodes ?? 0); node++)
    if (!free?.isRetired(node)) total += free?.capacityOf(node) ?? 0
  return { total, nodes: free?.nodes ?? 0 }
}

function tenantIds(): string[] {
  return live.serving.engine.allocator.state.tenants.map(({ id }) => id)
}

describe('the portfolio of an empty database', () => {
  test('is the folder that was served, byte for byte, with its machines and tenants', async () => {
    expect(live.serving.portfolio).toBe('same')
    expect((await read()).files).toEqual(smallFiles())
    expect(stocked()).toEqual({ total: 32, nodes: 4 })
    expect(tenantIds()).toEqual(['lab', 'research', 'product', 'guests'])
  })

  test('is given once, however often the server starts', async () => {
    const { seq } = live.serving.engine
    await live.restart()
    await live.restart()
    expect(stocked()).toEqual({ total: 32, nodes: 4 })
    expect(live.serving.engine.seq).toBe(seq)
  })

  test('stays where another folder is served', async () => {
    const other = withWords(smallFiles(), 'Small lab', 'Another lab')
    await live.restart({ portfolio: other })
    expect(live.serving.portfolio).toBe('other')
    expect((await read()).files).toEqual(smallFiles())
  })
})

describe('a portfolio that is replaced', () => {
  test('needs to have been read, and to be the same still', async () => {
    const none = await live.client.call(replacePortfolio, { body: { files: smallFiles() } })
    expect(none).toMatchObject({ ok: false, problem: { code: 'needsMatch' } })
    expect(await replace(smallFiles(), '"0"')).toMatchObject({ ok: false, problem: { code: 'stale' } })
  })

  test('must hold together: every problem is told with its place, and nothing changes', async () => {
    const before = await read()
    const answer = await replace(withWords(smallFiles(), 'promised: ', 'promise: '))
    expect(answer).toMatchObject({
      ok: false,
      problem: {
        code: 'invalid',
        errors: expect.arrayContaining([
          { path: 'agreements/first.yaml:15:20', message: expect.stringContaining('unknownField') },
        ]),
      },
    })
    expect(await read()).toEqual(before)
  })

  test('says what it changes, and changes nothing where it is the same', async () => {
    const files = withWords(smallFiles(), 'kept as it is written', 'kept')
    const draft = `${smallFiles()[1]?.text}`
    const offer = draft
      .replace('id: second', 'id: offer')
      .replace('status: draft', `validUntil: ${dayFromNow(9)}`)
    const more = { path: 'quotes/q.yaml', text: offer }
    expect(await replace([...files, more])).toMatchObject({
      ok: true,
      value: {
        version: 2,
        changes: [
          { path: 'agreements/first.yaml', change: 'changed' },
          { path: 'quotes/q.yaml', change: 'added' },
        ],
      },
    })
    expect(await replace([...files, more])).toMatchObject({ ok: true, value: { version: 2, changes: [] } })
    expect(await replace(smallFiles())).toMatchObject({
      value: { version: 3, changes: [{ change: 'changed' }, { path: 'quotes/q.yaml', change: 'removed' }] },
    })
  })

  test('brings what comes early, and takes away what comes late after all, across restarts', async () => {
    const early = withWords(smallFiles(), `promised: ${dayFromNow(10)}`, `promised: ${dayFromNow(-1)}`)
    await replace(early)
    expect(stocked()).toEqual({ total: 48, nodes: 6 })
    await live.restart()
    expect(stocked()).toEqual({ total: 48, nodes: 6 })
    await replace(smallFiles())
    expect(stocked()).toEqual({ total: 32, nodes: 6 })
    await live.restart()
    expect(stocked()).toEqual({ total: 32, nodes: 6 })
    await replace(early)
    expect(stocked()).toEqual({ total: 48, nodes: 8 })
    await replace(smallFiles())
  })

  test('leaves machines where they are when their tranche has another name', async () => {
    const { nodes } = stocked()
    await replace(withWords(smallFiles(), 'id: now,', 'id: at-once,'))
    expect(stocked()).toEqual({ total: 32, nodes })
    await replace(smallFiles())
    expect(stocked()).toEqual({ total: 32, nodes })
  })

  test('keeps the upkeep of a pool that is open: a change that states another is refused', async () => {
    const before = await read()
    const upkeep = `upkeep:
  - { pool: ${H100}, offenders: { failures: 2, within: 7d, keepOutFor: 30d } }
`
    expect(await replace([...smallFiles(), { path: 'fleet/upkeep.yaml', text: upkeep }])).toMatchObject({
      ok: false,
      problem: {
        code: 'conflict',
        errors: [{ path: `upkeep of ${H100}`, message: 'the pool is open with no upkeep' }],
      },
    })
    expect(await read()).toEqual(before)
  })

  test('tells the allocator of tenants that came and went', async () => {
    await replace(withWords(smallFiles(), '  - id: guests', '  - id: visitors'))
    expect(tenantIds()).toEqual(['lab', 'research', 'product', 'visitors'])
    await replace(smallFiles())
  })
})
