import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** `offtake serve` in a process of its own, in a folder where it finds and leaves `.offtake`. */
export interface ServingProcess {
  readonly url: string
  /** All that it has said so far, on both outputs. */
  readonly said: () => string
  readonly stop: () => Promise<void>
}

const PROGRAM = new URL('./serve-process.ts', import.meta.url).pathname

/** Starts it on any free port, and returns when it serves. */
export async function startServing(
  folder: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<ServingProcess> {
  const child = spawn(
    process.execPath,
    [
      '--import',
      import.meta.resolve('tsx'),
      '--conditions=offtake-source',
      PROGRAM,
      'serve',
      '--port',
      '0',
      ...args,
    ],
    { cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk
    })
  const exit = once(child, 'exit')
  const over = exit.then(() => {
    throw new Error(`it ended before it served: ${said}`)
  })
  const url = await Promise.race([over, addressIn(() => said)])
  over.catch(() => undefined)
  return {
    url,
    said: () => said,
    stop: async () => {
      child.kill('SIGTERM')
      await exit
    },
  }
}

async function addressIn(said: () => string): Promise<string> {
  for (;;) {
    const [, url] = /serves at (http:\S+)[,;]/.exec(said()) ?? []
    if (url !== undefined) return url
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
