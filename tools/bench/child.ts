import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { ROOT } from '../root.ts'

/** What a program printed and took. */
export interface ChildRun {
  readonly output: string
  readonly wallSeconds: number
  /** The most memory it held at once, as the operating system counts it. */
  readonly peakMemoryMb: number
}

const REPORTER = new URL('./report-peak-memory.mjs', import.meta.url).href

/** Runs a Node program to its end in a process of its own; one that fails is an error with its last words. */
export async function runNode(args: readonly string[]): Promise<ChildRun> {
  const folder = mkdtempSync(join(tmpdir(), 'offtake-bench-'))
  const peakFile = join(folder, 'peak')
  try {
    const start = performance.now()
    const output = await outputOf(['--import', REPORTER, ...args], peakFile)
    const wallSeconds = (performance.now() - start) / 1000
    return { output, wallSeconds, peakMemoryMb: Number(readFileSync(peakFile, 'utf8')) / 1024 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function outputOf(args: readonly string[], peakFile: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, OFFTAKE_PEAK_MEMORY_FILE: peakFile }
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const output: Buffer[] = []
    const errors: Buffer[] = []
    child.stdout.on('data', (chunk) => output.push(chunk))
    child.stderr.on('data', (chunk) => errors.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) return resolve(Buffer.concat(output).toString('utf8'))
      const said = Buffer.concat(errors).toString('utf8').trim().split('\n').slice(-5).join('\n')
      return reject(new Error(`node ${args.slice(2).join(' ')} ended with ${code}:\n${said}`))
    })
  })
}
