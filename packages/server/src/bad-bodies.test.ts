import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FileText, isPortfolioPath } from '@offtake/contract/portfolio/file-texts'
import { type Prng, prng } from '@offtake/core/base/prng'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gpuSupply } from './testing/gpu-supply.ts'
import { type LiveServer, startLiveServer, TOKEN } from './testing/live-server.ts'
import { spoiltBytes, spoiltFiles, spoiltText, spoiltValue } from './testing/near-valid.ts'
import { dayFromNow } from './testing/small-files.ts'

const isLong = process.env.OFFTAKE_LONG !== undefined
const PORTFOLIOS = isLong ? 6_000 : 100
const BODIES = isLong ? 20_000 : 320
const PATIENCE_MS = 30_000
const EXAMPLE = new URL('../../../examples/start-up/', import.meta.url).pathname

const files: FileText[] = readdirSync(EXAMPLE, { recursive: true })
  .map(String)
  .filter(isPortfolioPath)
  .map((path) => ({ path, text: readFileSync(join(EXAMPLE, path), 'utf8') }))

let live: LiveServer

beforeAll(async () => {
  live = await startLiveServer({ portfolio: files, supply: gpuSupply({ domains: 4 }) })
})

afterAll(() => live.stop())

interface Told {
  readonly status: number
  readonly etag: string | null
  readonly text: string
}

async function ask(method: string, path: string, body?: Buffer, match?: string): Promise<Told> {
  const response = await fetch(live.serving.url + path, {
    method,
    ...(body ? { body: new Uint8Array(body) } : {}),
    headers: {
      authorization: `Bearer ${TOKEN}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(match === undefined ? {} : { 'if-match': match }),
    },
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  return { status: response.status, etag: response.headers.get('etag'), text: await response.text() }
}

interface Held {
  readonly version: number
  readonly files: readonly FileText[]
}

async function held(): Promise<Held & { readonly all: string; readonly etag: string }> {
  const { text, etag } = await ask('GET', '/v1/portfolio')
  const pools = await ask('GET', '/v1/pools?limit=500')
  const tenants = await ask('GET', '/v1/tenants')
  return { ...(JSON.parse(text) as Held), all: text + pools.text + tenants.text, etag: etag ?? '' }
}

/** What was refused has changed nothing; what was taken is there byte for byte, and is the next version. */
async function expectWholeOrNothing(told: Told, before: Held & { all: string }, sent: Buffer): Promise<void> {
  const after = await held()
  if (told.status >= 400) return expect(after.all).toBe(before.all)
  const said = JSON.parse(sent.toString('utf8')) as { files: FileText[] }
  const byPath = (all: readonly FileText[]): Map<string, string> =>
    new Map(all.map(({ path, text }) => [path, text]))
  expect(byPath(after.files)).toEqual(byPath(said.files))
  const { changes } = JSON.parse(told.text) as { changes: unknown[] }
  expect(after.version).toBe(before.version + (changes.length > 0 ? 1 : 0))
}

test('a portfolio that is nearly right is taken whole, or refused with what is wrong and nothing has changed', async () => {
  const chance = prng(Number(process.env.OFFTAKE_FUZZ_SEED ?? 5)).fork('portfolios')
  const counts = { taken: 0, codes: new Map<string, number>() }
  for (let n = 0; n < PORTFOLIOS; n++) {
    const before = await held()
    const spoilt = { files: chance.below(5) === 0 ? withComment(n) : spoiltFiles(files, chance) }
    const body = chance.below(8) === 0 ? spoiltValue(spoilt, chance) : spoilt
    const sent = spoiltBytes(JSON.stringify(body) ?? 'null', chance)
    const match = chance.below(12) === 0 ? '"0"' : before.etag
    const told = await ask('PUT', '/v1/portfolio', sent, match)
    expect(told.status, `${n}: ${told.text} of ${sent.toString('utf8').slice(0, 2_000)}`).toBeLessThan(500)
    if (told.status < 300) counts.taken++
    else noteCode(counts.codes, told)
    await expectWholeOrNothing(told, before, sent)
  }
  // A hunt that finds nothing that is taken, or one problem again and again, looks at nothing.
  expect(counts.taken).toBeGreaterThan(PORTFOLIOS / 25)
  expect([...counts.codes.keys()]).toEqual(expect.arrayContaining(['invalid', 'malformed']))
}, 600_000)

/** A change that nobody can object to. */
function withComment(n: number): FileText[] {
  return files.map(({ path, text }) => ({ path, text: path === 'offtake.yaml' ? `# ${n}\n${text}` : text }))
}

function noteCode(codes: Map<string, number>, { text }: Told): void {
  const { code } = JSON.parse(text) as { code: string }
  codes.set(code, (codes.get(code) ?? 0) + 1)
}

const [agreement = ''] = files.filter(({ path }) => path.startsWith('agreements/')).map(({ text }) => text)
const AGREEMENT_ID = /^id: (\S+)/m.exec(agreement)?.[1] ?? ''

interface Example {
  readonly method: string
  readonly path: string
  readonly body: (chance: Prng) => unknown
}

/** As it is but for a comment, or spoilt. */
function amended(text: string, chance: Prng): string {
  return chance.below(2) === 0 ? `${text}# ${chance.below(1e6)}\n` : spoiltText(text, chance)
}

/** One good request of each kind that says much at once. */
const EXAMPLES: readonly Example[] = [
  {
    method: 'POST',
    path: '/v1/jobs',
    body: () => ({
      tenant: 'research',
      name: 'night',
      priority: 3,
      hardware: ['gpu'],
      roles: [
        { name: 'worker', members: 2, accelerators: 4 },
        { name: 'judge', members: 1, accelerators: 1, hardware: ['gpu', 'h100'] },
      ],
      within: 'pool',
      limit: '2h',
      duration: '1s',
    }),
  },
  {
    method: 'POST',
    path: '/v1/windows',
    body: (chance) => {
      const day = 2 + chance.below(60)
      return {
        id: `window-${chance.below(1_000_000)}`,
        tenant: 'product',
        members: 1,
        acceleratorsPerMember: 8,
        accepts: ['h100'],
        start: dayFromNow(day),
        until: dayFromNow(day + 1),
        every: '7d',
        times: 2,
        for: 'named',
        lends: true,
      }
    },
  },
  {
    method: 'PUT',
    path: '/v1/services/near-N',
    body: () => ({
      tenant: 'research',
      priority: 1,
      replica: { acceleratorsPerMember: 1, accepts: ['gpu'], members: 1 },
      demand: {
        kind: 'steps',
        steps: [
          { at: '2026-01-01', replicas: 1 },
          { at: '2101-01-01', replicas: 3 },
        ],
      },
    }),
  },
  {
    method: 'PUT',
    path: `/v1/agreements/${AGREEMENT_ID}`,
    body: (chance) => ({ text: amended(agreement, chance) }),
  },
  {
    method: 'POST',
    path: '/v1/agreements',
    body: (chance) => ({
      text: amended(agreement.replace(/^id: .*/m, `id: a-${chance.below(1e6)}`), chance),
    }),
  },
  {
    method: 'PUT',
    path: '/v1/tenants/research/quota',
    body: () => ({ pool: 'neocloud-a/eu-north/h100', accelerators: 8 }),
  },
  {
    method: 'POST',
    path: '/v1/tokens',
    body: () => ({ actor: 'someone', roles: ['viewer', 'operator'], name: 'theirs', expiresIn: '1h' }),
  },
  {
    method: 'POST',
    path: '/v1/pools/own%2Fhere%2Fgpu/drain',
    body: () => ({ nodes: { first: 0, count: 1 }, notice: '10m' }),
  },
]

test('whatever nested body is nearly right, the answer says what is wrong, and comes', async () => {
  const chance = prng(Number(process.env.OFFTAKE_FUZZ_SEED ?? 6)).fork('bodies')
  const statuses = new Map<string, Set<number>>()
  for (let n = 0; n < BODIES; n++) {
    const { method, path, body } = EXAMPLES[n % EXAMPLES.length] ?? {
      method: 'GET',
      path: '/',
      body: () => null,
    }
    const good = body(chance)
    const said = chance.below(3) === 0 ? good : spoiltValue(good, chance)
    const sent = spoiltBytes(JSON.stringify(said) ?? 'null', chance)
    // A service that is not there goes without.
    const match = method === 'PUT' && !path.endsWith('-N') ? '*' : undefined
    const told = await ask(method, path.replace(/N$/, String(n)), sent, match)
    const what = `${n}: ${method} ${path} ${told.text} of ${sent.toString('utf8').slice(0, 2_000)}`
    expect(told.status, what).toBeLessThan(500)
    statuses.set(path, (statuses.get(path) ?? new Set()).add(Math.floor(told.status / 100)))
  }
  // The good ones are: what is near to them is near.
  for (const [path, classes] of statuses) expect([path, [...classes].sort()]).toEqual([path, [2, 4]])
}, 600_000)
