import { join } from 'node:path'
import { ROOT } from '../root.ts'
import { run } from '../setup/run.mjs'
import { type PlantedBug, sourceOf } from './planted-bug.ts'

const VITEST = 'node_modules/vitest/vitest.mjs'
const CONFIG = 'tools/mutate/vitest.config.ts'

/**
 * The tests that fail once the bug is planted, of the file that should find it out. Empty where it stays hidden, and where
 * the tests do not even run.
 */
export async function failuresWith(bug: PlantedBug): Promise<readonly string[]> {
  const args = [VITEST, 'run', '--config', CONFIG, '--reporter=json', join(sourceOf(bug), bug.foundBy)]
  const env = { ...process.env, OFFTAKE_BUG: bug.name }
  const { output } = await run(process.execPath, args, { cwd: ROOT, env })
  return failedIn(output)
}

/** The report is one object, with what the programs around it print before and after. */
function failedIn(output: string): string[] {
  const start = output.indexOf('{"num')
  if (start < 0) return []
  const report: Report = JSON.parse(output.slice(start, output.lastIndexOf('}') + 1))
  return report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
    .map(({ fullName }) => fullName)
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}
