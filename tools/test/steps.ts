import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { startVitest } from 'vitest/node'
import { ROOT } from '../root.ts'
import { bundleForBrowsers } from '../setup/build.mjs'
import { failures, NOTHING_RAN, type Tally, tallyReporter } from './tally.ts'

/** One thing that a run does, and what it counts for: a step that is no test counts only where it fails. */
export type Step = () => Promise<Tally>

/** Compiles everything, tests and tools included: the types are checked, and the command is built. */
export async function checkTypes(): Promise<Tally> {
  const compiled = await program('types', 'typescript/bin/tsc', ['-b'])
  const problem = await bundleForBrowsers(ROOT, () => {})
  if (problem) process.stdout.write(`${problem}\n`)
  return problem ? failures(compiled.failed + 1) : compiled
}

/** Lint and format. */
export function checkStyle(): Promise<Tally> {
  return program('style', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.'])
}

/** Runs tests by vitest; `filters` are parts of file names. */
export async function runTests(options: {
  readonly projects: readonly string[]
  readonly filters: readonly string[]
  readonly updateGolden?: boolean
  readonly root?: string
}): Promise<Tally> {
  let tally = NOTHING_RAN
  const reporter = tallyReporter((counted) => {
    tally = counted
  })
  const vitest = await startVitest('test', [...options.filters], {
    root: options.root ?? ROOT,
    project: [...options.projects],
    reporters: [process.stdout.isTTY ? 'default' : 'dot', reporter],
    watch: false,
    ...(options.updateGolden ? { update: true } : {}),
  })
  await vitest?.close()
  // A run that finds no test has failed to look.
  return tally.passed + tally.failed + tally.skipped === 0 ? failures(1) : tally
}

async function program(title: string, bin: string, args: readonly string[]): Promise<Tally> {
  process.stdout.write(`${title} …\n`)
  const code = await new Promise<number>((resolve) => {
    const child = spawn(process.execPath, [join(ROOT, 'node_modules', bin), ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.on('error', () => resolve(127))
    child.on('close', (exit) => resolve(exit ?? 1))
  })
  if (code === 0) return NOTHING_RAN
  process.stdout.write(`${title}: failed\n`)
  return failures(1)
}
