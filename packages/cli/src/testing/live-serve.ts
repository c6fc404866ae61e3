import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SOURCE = new URL('./offtake-from-source.ts', import.meta.url).pathname

/** A server that the command itself started; commands of this process talk to it. */
export interface LiveServe {
  readonly url: string
  readonly data: string
  stop(): Promise<void>
}

/** Runs `offtake serve` in a process and a folder of its own, and points OFFTAKE_URL and OFFTAKE_TOKEN at it. */
export async function startLiveServe(...args: readonly string[]): Promise<LiveServe> {
  const data = mkdtempSync(join(tmpdir(), 'offtake-served-'))
  const command = ['serve', ...args, '--data', data, '--port', '0']
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=offtake-source', SOURCE, ...command],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let said = ''
  for await (const chunk of child.stdout) {
    said += chunk
    if (said.includes('The token is')) break
  }
  const [, url] = /serves at (\S+),/.exec(said) ?? []
  if (url === undefined) throw new Error(`the server did not start: ${said}`)
  const before = { url: process.env.OFFTAKE_URL, token: process.env.OFFTAKE_TOKEN }
  process.env.OFFTAKE_URL = url
  process.env.OFFTAKE_TOKEN = readFileSync(join(data, 'token'), 'utf8').trim()
  return {
    url,
    data,
    async stop() {
      restore('OFFTAKE_URL', before.url)
      restore('OFFTAKE_TOKEN', before.token)
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      await exit
      rmSync(data, { recursive: true, force: true })
    },
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name]
  else process.env[name] = value
}
