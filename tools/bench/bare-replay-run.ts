import { performance } from 'node:perf_hooks'
import { readPhilly, replayBare } from './bare-replay.ts'
import { medianOf } from './bench.ts'

// Replays a Philly trace by the bare loop, in a process of its own, and prints jobs per second and the mean wait.
const WARM_UP_RUNS = 3
const RUNS = 9

const [path = '', accelerators = ''] = process.argv.slice(2)
const trace = readPhilly(path)
const waits: number[] = []
const rates: number[] = []
for (let run = 0; run < WARM_UP_RUNS + RUNS; run += 1) {
  const start = performance.now()
  waits.push(replayBare(trace, Number(accelerators)))
  if (run >= WARM_UP_RUNS) rates.push((trace.submitted.length / (performance.now() - start)) * 1000)
}
process.stdout.write(
  JSON.stringify({ jobsPerSecond: medianOf(rates), meanWaitHours: medianOf(waits) / 3600 }),
)
