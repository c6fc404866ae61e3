import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../root.ts'
import { type Bench, type CaseResult, runCase } from './bench.ts'
import { INDEX } from './index-speed.ts'
import { judge, type Limits } from './limits.ts'
import { LIVE } from './live/live.ts'
import { describeMachine } from './machine.ts'
import { PACKING } from './packing.ts'
import { PHILLY } from './philly.ts'
import { QUEUE } from './queue.ts'
import { SLURM } from './slurm/slurm.ts'
import { START } from './start.ts'
import { renderResults } from './table.ts'
import { WEB } from './web/web.ts'

// npm run bench [-- NAME…]: measures, prints a table, writes bench/results/NAME.json, and ends with 1 where a limit of
// bench/limits.json does not hold.

const BENCHES: readonly Bench[] = [START, PHILLY, PACKING, INDEX, SLURM, QUEUE, LIVE, WEB]

process.exitCode = (await runBenches(process.argv.slice(2))) ? 0 : 1

async function runBenches(names: readonly string[]): Promise<boolean> {
  const unknown = names.find((name) => !BENCHES.some((bench) => bench.name === name))
  if (unknown !== undefined) {
    process.stderr.write(
      `there is no bench '${unknown}': one of ${BENCHES.map(({ name }) => name).join(', ')}\n`,
    )
    return false
  }
  process.stdout.write(`${describeMachine()}\n`)
  let good = true
  for (const bench of BENCHES.filter(({ name }) => names.length === 0 || names.includes(name)))
    good = (await runBench(bench)) && good
  return good
}

/** Whether all of its limits hold. */
async function runBench(bench: Bench): Promise<boolean> {
  process.stdout.write(`\n${bench.name}: ${bench.about}\n`)
  const unavailable = bench.unavailable?.()
  if (unavailable) {
    process.stdout.write(`${unavailable.fails ? 'failed' : 'skipped'}: ${unavailable.because}\n`)
    return !unavailable.fails
  }
  try {
    const results: CaseResult[] = []
    for (const benchCase of bench.cases) results.push(await runCase(benchCase, sayProgress))
    return conclude(bench, results)
  } catch (error) {
    process.stdout.write(`failed: ${error instanceof Error ? error.message : String(error)}\n`)
    return false
  } finally {
    await bench.finish?.()
  }
}

function conclude({ name }: Bench, results: readonly CaseResult[]): boolean {
  const limits = JSON.parse(readFileSync(join(ROOT, 'bench/limits.json'), 'utf8')) as Limits
  const verdicts = judge(limits, name, results)
  process.stdout.write(`${renderResults(results, verdicts)}\n`)
  const folder = join(ROOT, 'bench/results')
  mkdirSync(folder, { recursive: true })
  const record = {
    bench: name,
    at: new Date().toISOString(),
    machine: describeMachine(),
    cases: results,
    verdicts,
  }
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(record, null, 2)}\n`)
  return verdicts.every(({ holds }) => holds)
}

function sayProgress(text: string): void {
  process.stderr.write(`  ${text}\n`)
}
