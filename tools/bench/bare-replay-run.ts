import { performance } from 'node:perf_hooks'
import { readPhilly, replayBare } from './bare-replay.ts'

// Replays a Philly trace by the bare loop, in a process of its own, and prints jobs per second and the mean wait. One
// replay takes milliseconds, so many are timed together: what else the machine does then slows them as it slows a long run.
const WARM_UP_RUNS = 3
const RUNS = 100

const [path = '', accelerators = ''] = process.argv.slice(2)
const trace = readPhilly(path)
const replay = () => replayBare(trace, Number(accelerators))
for (let run = 0; run < WARM_UP_RUNS; run += 1) replay()
const start = performance.now()
for (let run = 1; run < RUNS; run += 1) replay()
const meanWaitHours = replay() / 3600
const seconds = (performance.now() - start) / 1000
process.stdout.write(
  JSON.stringify({ jobsPerSecond: (RUNS * trace.submitted.length) / seconds, meanWaitHours }),
)
