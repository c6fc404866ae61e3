import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ApiClient } from '@offtake/contract/api/client'
import { showJob, submitJob } from '@offtake/contract/api/job-routes'
import { createToken, listTokens, whoAmI } from '@offtake/contract/api/token-routes'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, postgresPrograms, startPostgres } from './testing/postgres-server.ts'

const OFFTAKE = new URL('../../cli/src/testing/serve-process.ts', import.meta.url).pathname
const PASSWORD = 'planted-password-of-the-database'
const ENVIRONMENT = 'planted-in-the-environment'
/** Signed by nobody, for an issuer that is not there. */
const OIDC_TOKEN = [{ alg: 'ES256' }, { iss: 'http://127.0.0.1:1', sub: 'planted-subject' }]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .concat('planted-signature')
  .join('.')

const programs = postgresPrograms()
const folder = mkdtempSync(join(tmpdir(), 'offtake-secrets-'))

describe.skipIf(programs === undefined)('secrets that a real server meets', () => {
  let postgres: PostgresServer
  let said = ''
  let answers = ''
  let tokenSecret = ''
  let folderToken = ''
  let stop: () => Promise<void>

  /** Asks, and keeps the answer as it came. */
  async function ask(url: string, path: string, init: RequestInit = {}): Promise<number> {
    const response = await fetch(url + path, init)
    answers += `${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}\n`
    return response.status
  }

  beforeAll(async () => {
    postgres = await startPostgres(programs ?? '')
    const database = postgres.url('postgres').replace('offtake@', `offtake:${PASSWORD}@`)
    const options = [
      '--log-level',
      'trace',
      '--oidc-issuer',
      'http://127.0.0.1:1',
      '--oidc-audience',
      'offtake',
    ]
    const child = spawn(
      process.execPath,
      [
        '--import',
        import.meta.resolve('tsx'),
        '--conditions=offtake-source',
        OFFTAKE,
        'serve',
        '--port',
        '0',
        ...options,
      ],
      {
        cwd: folder,
        env: { ...process.env, OFFTAKE_DATABASE: database, PLANTED: ENVIRONMENT },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk
      })
    const exit = once(child, 'exit')
    stop = async () => {
      child.kill('SIGTERM')
      await exit
    }
    await until(() => /serves at http:\S+[,;]/.test(said) || child.exitCode !== null)
    if (child.exitCode !== null) throw new Error(`it ended: ${said}`)
    const [, url = ''] = /serves at (http:\S+)[,;]/.exec(said) ?? []
    folderToken = readFileSync(join(folder, '.offtake', 'token'), 'utf8')
    await meetSecrets(url)
  })

  afterAll(async () => {
    await stop()
    await postgres.stop()
    rmSync(folder, { recursive: true })
  })

  /** Sends each secret to where it belongs, and to where it does not. */
  async function meetSecrets(url: string): Promise<void> {
    const admin = new ApiClient(url, folderToken)
    const made = await admin.call(createToken, { body: { actor: 'ada', roles: ['admin'] }, key: 'planted' })
    if (!made.ok) throw new Error(made.problem.detail)
    tokenSecret = made.value.secret ?? ''
    for (const secret of [tokenSecret, folderToken, OIDC_TOKEN, `${tokenSecret}x`]) {
      const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
      await ask(url, whoAmI.path, { headers })
      await ask(url, listTokens.path, { headers })
      await ask(url, '/v1/jobs?limit=none', { headers })
      await ask(url, '/v1/jobs', { method: 'POST', headers, body: '{"tenant":7}' })
      await ask(url, '/v1/jobs/no-such-job/cancel', { method: 'POST', headers })
      await ask(url, '/v1/no-such-path', { headers })
    }
    const again = { body: { actor: 'ada', roles: ['admin' as const] }, key: 'planted' }
    answers += JSON.stringify(await admin.call(createToken, again))
    const body = { id: 'prints-all', tenant: 'lab', accelerators: 1, hardware: ['slot'], command: ['env'] }
    await admin.call(submitJob, { body })
    await until(async () => {
      const shown = await admin.call(showJob, { params: { id: 'prints-all' } })
      return shown.ok && shown.value.state === 'finished'
    })
    // The database goes away under it, so that it has something to complain of.
    await postgres.kill()
    await ask(url, '/v1/jobs', { headers: { authorization: `Bearer ${folderToken}` } })
    await ask(url, whoAmI.path, { headers: { authorization: `Bearer oft_${'a'.repeat(43)}` } })
    await postgres.start()
  }

  const planted = (): readonly string[] => [tokenSecret, folderToken, OIDC_TOKEN, PASSWORD, ENVIRONMENT]

  function expectNone(text: string, where: string): void {
    for (const secret of planted()) {
      expect(secret.length).toBeGreaterThan(15)
      expect(text.includes(secret), `${where} has ${secret.slice(0, 12)}…`).toBe(false)
    }
  }

  test('are not in what it says on either output, though it says all it can', () => {
    expect(said).toContain('"route":"/v1/jobs/:id/cancel"')
    expect(said).toMatch(/"level":50|"level":40/)
    expectNone(said, 'the log')
  })

  test('are not in what it answers', () => {
    expect(answers).toContain('unauthorized')
    expect(answers).toContain('"secret":null')
    expectNone(answers, 'an answer')
  })

  test('are in no row of any table', async () => {
    const client = new pg.Client({ connectionString: postgres.url('postgres') })
    await client.connect()
    const { rows: tables } = await client.query("select tablename from pg_tables where schemaname = 'public'")
    let all = ''
    for (const { tablename } of tables)
      all += JSON.stringify((await client.query(`select * from "${tablename}"`)).rows)
    await client.end()
    expect(all).toContain('tokenCreated')
    expectNone(all, 'the database')
  })

  test('are in no file that it leaves, but the token of the folder in its own, for its owner alone', () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    const token = join(folder, '.offtake', 'token')
    for (const { parentPath, name } of files) {
      const path = join(parentPath, name)
      if (path !== token) expectNone(readFileSync(path, 'latin1'), path)
    }
    expect(files.map(({ name }) => name)).toContain('log')
    expect(statSync(token).mode & 0o777).toBe(0o600)
  })
})

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(50)
}
