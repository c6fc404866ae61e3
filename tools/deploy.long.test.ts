import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './root.ts'

const PATIENCE_MS = 600_000

test(
  'what the script builds in an empty folder serves, with nothing else but Node',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'offtake-installed-'))
    const target = join(folder, 'offtake')
    try {
      const script = join(ROOT, 'deploy/install.sh')
      execFileSync(script, [ROOT, target], { stdio: 'ignore', timeout: PATIENCE_MS })
      const program = join(target, 'packages/cli/bin/offtake.js')
      const data = join(folder, 'data')
      const server = spawn(process.execPath, [program, 'serve', '--data', data, '--port', '0'], {
        cwd: folder,
      })
      let said = ''
      for await (const chunk of server.stdout) {
        said += chunk
        if (said.includes('Ctrl-C')) break
      }
      const url = /http:\S+(?=,)/.exec(said)?.[0] ?? ''
      const token = readFileSync(join(data, 'token'), 'utf8')
      const response = await fetch(`${url}/v1/jobs`, { headers: { authorization: `Bearer ${token}` } })
      expect(response.status).toBe(200)
      server.kill('SIGTERM')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  PATIENCE_MS,
)
