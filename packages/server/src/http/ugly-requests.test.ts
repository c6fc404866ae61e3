import { connect } from 'node:net'
import { readiness } from '@offtake/contract/api/feed-routes'
import { listJobs, submitJob } from '@offtake/contract/api/job-routes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Served, served } from '../testing/served.ts'

let server: Served

beforeAll(async () => {
  server = await served()
})

afterAll(() => server.close())

async function ask(path: string, body?: string): Promise<Response> {
  const headers = { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' }
  return fetch(server.url + path, body === undefined ? { headers } : { method: 'POST', headers, body })
}

const malformed = (detail: RegExp) => ({
  code: 'malformed',
  status: 400,
  detail: expect.stringMatching(detail),
})

describe('what no database could keep is refused with its place, and nobody else waits for it:', () => {
  test.each(['name', 'id', 'tenant', 'window'])('half of a character as %s', async (field) => {
    const job = { tenant: 'research', accelerators: 1, hardware: ['gpu'] }
    const bad = ask('/v1/jobs', JSON.stringify({ ...job, [field]: '\ud800' }))
    const good = server.admin.call(submitJob, { body: job })
    expect(await (await bad).json()).toMatchObject(malformed(new RegExp(`^body.${field}: `)))
    expect(await good).toMatchObject({ ok: true })
    expect(await server.admin.call(readiness, {})).toMatchObject({ ok: true })
  })

  test('NUL in the cursor of a list, which then begins from its start', async () => {
    const cursor = Buffer.from(JSON.stringify([1, '\0'])).toString('base64url')
    for (const list of ['jobs', 'tokens', 'approvals'])
      expect((await ask(`/v1/${list}?cursor=${cursor}`)).status).toBe(200)
    expect(await server.admin.call(listJobs, { query: { cursor: 'none of ours' } })).toMatchObject({
      ok: true,
    })
  })

  test('a body that is nested without end', async () => {
    const arrays = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect(await (await ask('/v1/jobs', arrays)).json()).toMatchObject(malformed(/nested/))
    const agreement = `{"agreement":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`
    expect(await (await ask('/v1/agreements', agreement)).json()).toMatchObject(malformed(/nested/))
  })
})

describe('a problem is told in the same form where', () => {
  test('a path is no text', async () => {
    const answer = await ask('/v1/jobs/%ff')
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(await answer.json()).toMatchObject(malformed(/url/))
  })

  test.each([
    ['what is sent is no HTTP', 'nonsense\r\n\r\n', 400, 'malformed'],
    ['headers have no end', `GET /healthz HTTP/1.1\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`, 431, 'tooLarge'],
  ])('%s', async (_, sent, status, code) => {
    const answer = await answerTo(sent)
    expect(answer).toContain(`HTTP/1.1 ${status} `)
    expect(answer).toContain('application/problem+json')
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({
      code,
      type: `urn:offtake:problem:${code}`,
    })
  })
})

/** All that comes back until the connection is closed. */
function answerTo(sent: string): Promise<string> {
  const { hostname, port } = new URL(server.url)
  return new Promise((resolve, reject) => {
    let told = ''
    const socket = connect(Number(port), hostname, () => socket.write(sent))
    socket.on('data', (piece) => {
      told += String(piece)
    })
    socket.on('close', () => resolve(told))
    socket.on('error', reject)
  })
}
